/** Kept in a map of at most so many: the one that was put there longest ago makes room. */
export function keepIn<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(key, value);
}
