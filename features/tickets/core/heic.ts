/** What telephones call their photos; no browser but one draws them. Some programs send them without saying what they are. */
export const isHeic = ({ contentType, name }: { readonly contentType: string; readonly name: string }): boolean =>
  /^image\/hei[cf]$/.test(contentType) || (contentType === 'application/octet-stream' && /\.hei[cf]$/i.test(name));
