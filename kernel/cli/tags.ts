/** Whether a cell has a tag. */
export function hasTag({ metadata }: { metadata: Record<string, unknown> }, tag: string): boolean {
  return Array.isArray(metadata["tags"]) && metadata["tags"].includes(tag);
}
