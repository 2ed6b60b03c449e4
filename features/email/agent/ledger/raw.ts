/** The message as it came. Our answers to such links are always attachments, so the page stays where it is. */
export const rawOf = (ledgerId: string): void => {
  Object.assign(document.createElement('a'), { href: `/api/v1/email/ledger/${ledgerId}/raw`, download: `${ledgerId}.eml` }).click();
};
