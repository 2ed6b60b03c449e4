/** No signs of any script; they hold apart what has a direction of its own. */
export const [APART, TOGETHER] = ['\uFDD0', '\uFDD1'];

/** A name, an address or a date within a line, which leaves what stands beside it in its place, and is left in its own. */
export const apart = (words: string): string => `${APART}${words.replaceAll(/[\uFDD0\uFDD1\n]/gu, ' ')}${TOGETHER}`;
