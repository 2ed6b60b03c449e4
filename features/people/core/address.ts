/** By what two spellings of one mail address are compared. Mails go to the spelling that was stored, never to a typed one. */
export const emailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase();
