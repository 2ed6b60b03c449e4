/** Vite: where the file lies once it is built. */
declare module '*?url' {
  const url: string;
  export default url;
}
