import { useSearch } from '@tanstack/react-router';

/** The address of a ticket, with that side conversation open. */
export const withAside = (href: string, asideId: string | undefined): string => (asideId === undefined ? href : `${href}${href.includes('?') ? '&' : '?'}aside=${asideId}`);

/** The one that the address names. */
export const useAsideShown = (): string | null => (useSearch({ strict: false }) as { aside?: string }).aside ?? null;
