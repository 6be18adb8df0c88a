import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';

/** The line, from 1, of what stands at a path; of the nearest thing around it, if nothing does. */
export function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const part of path) {
    const step = stepInto(node, part);
    if (!step) break;
    offset = offsetOf(step.at) ?? offset;
    node = step.to;
  }
  return lines.linePos(offset).line;
}

/** The key or item at a part of a path, and what it holds. */
function stepInto(
  node: unknown,
  part: PropertyKey,
): { readonly at: unknown; readonly to: unknown } | undefined {
  if (isSeq(node) && typeof part === 'number') return { at: node.items[part], to: node.items[part] };
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return pair && { at: pair.key, to: pair.value };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
