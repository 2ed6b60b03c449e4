import { BlockList, isIP } from 'node:net';
import { networkOf } from '../../kernel/network.ts';

/** Whether an address lies in one of these addresses or networks, however it is spelled. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = networkOf(address).includes('/') ? address : networkOf(address);
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}

type Asking = { readonly socket: { readonly remoteAddress?: string | undefined }; readonly headers: Readonly<Record<string, string | string[] | undefined>> };

/** Who really asks: a proxy in front is believed when it is ours, and what it heard from somebody else is not. */
export function clientAddressOf(trustedProxies: readonly string[]): (request: Asking) => string {
  const isOurs = inNetworks(trustedProxies);
  return ({ socket, headers }) => {
    const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((one) => one.trim()).filter((one) => isIP(one) !== 0);
    const hops = [...told, socket.remoteAddress ?? ''];
    return hops.findLast((hop) => !isOurs(hop)) ?? hops[0]!;
  };
}
