/**
 * A column that holds what the vault has sealed, in rows that workspace and `key` name. The vault seals for columns that it was
 * told of and no others, so that none is left out when the secret is changed.
 */
export type SealedColumn = { readonly table: string; readonly column: string; readonly key: string; place(workspaceId: string, key: string): SealedPlace };
/** The one row that a secret can be read in: `belongsTo` is bound into the cipher text. */
export type SealedPlace = { readonly column: SealedColumn; readonly belongsTo: string };

export function sealedColumn(table: string, column: string, { key, belongsTo = (workspaceId, id) => `${table}/${workspaceId}/${id}` }: {
  key: string; belongsTo?: (workspaceId: string, id: string) => string;
}): SealedColumn {
  const self: SealedColumn = { table, column, key, place: (workspaceId, id) => ({ column: self, belongsTo: belongsTo(workspaceId, id) }) };
  return self;
}
