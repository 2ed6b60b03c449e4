export function Panel() {
  return <main />;
}
