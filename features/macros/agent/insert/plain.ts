/** The words of a saved reply, for a line of preview. */
export const plainOf = (html: string): string => new DOMParser().parseFromString(html.replace(/<\/(?:p|li|div)>|<br\s*\/?>/g, ' $&'), 'text/html').body.textContent.replace(/\s+/g, ' ').trim();
