import { createRequire } from 'node:module';
import type { History } from '@temporalio/common/lib/proto-utils.js';

/** The part of `protobufjs/ext/protojson` that is used here; a type is one of protobufjs's own. */
type ProtoJson = {
  readonly fromJson: (type: unknown, json: unknown, options: { ignoreUnknownFields: boolean }) => History;
  readonly toJson: (type: unknown, message: unknown) => unknown;
};

/**
 * The protobufjs that `@temporalio/proto` has, whose types it knows. `@temporalio/common` 1.24 has
 * `historyFromJSON` and `historyToJSON`, but they ask the copy of protobufjs that npm gave to `common`, and that one
 * says "type must be a Type" to another's.
 */
const fromProto = createRequire(createRequire(import.meta.url).resolve('@temporalio/proto'));
const { fromJson, toJson }: ProtoJson = fromProto('protobufjs/ext/protojson');
const { patchProtobufRoot } = fromProto('@temporalio/proto/lib/patch-protobuf-root');
const HISTORY: unknown = patchProtobufRoot(fromProto('@temporalio/proto')).lookupType(
  'temporal.api.history.v1.History',
);

/** A history out of the JSON that Temporal's own tools write and read. @throws when it is none */
export function readHistory(text: string): History {
  return fromJson(HISTORY, JSON.parse(text), { ignoreUnknownFields: true }); // a newer server tells more
}

/** A history as JSON, as Temporal's own tools write and read it. */
export function writeHistory(history: History): string {
  return `${JSON.stringify(toJson(HISTORY, history), null, 2)}\n`;
}
