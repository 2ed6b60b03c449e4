/** What is to stand on paper, one below the other. Whose words it is does not matter: each paragraph runs in its own direction. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'text' | 'small'; readonly text: string }
  /** A label and what it says. */
  | { readonly kind: 'fact'; readonly label: string; readonly text: string }
  /** PNG or JPEG; what cannot be read as one is left out, and its name stays. */
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly name: string };

export type Paper = {
  readonly title: string;
  readonly language: string;
  /** In which direction the page itself reads. */
  readonly direction: 'ltr' | 'rtl';
  /** At the foot of each page, before its number. */
  readonly footer: string;
  readonly blocks: readonly Block[];
  /** Stands at the end when there was more than fits. */
  readonly cut: string;
  readonly madeAt: Date;
};
