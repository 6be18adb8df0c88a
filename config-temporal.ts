import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NAME_IT, named } from './config-fields.ts';

export type TemporalConfig = {
  readonly address: string;
  readonly namespace: string;
  /** For `Connection.connect` and `NativeConnection.connect`: the address, with TLS and API key if any. */
  readonly connection: ReturnType<typeof loadClientConnectConfig>['connectionOptions'];
};

/** For clients of Temporal: gRPC's own waits between attempts to reach a server grow to two minutes. */
export const RECONNECT_SOON = { 'grpc.max_reconnect_backoff_ms': 1_000 } as const;

/** Temporal's own environment configuration, or what is wrong. A profile's file counts where it is named. */
export function readTemporal(env: Readonly<Record<string, string | undefined>>): TemporalConfig | string {
  const overrideEnvVars = { ...named(env) };
  const disableFile = !overrideEnvVars.TEMPORAL_CONFIG_FILE && !overrideEnvVars.TEMPORAL_PROFILE;
  try {
    const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
      disableFile,
      overrideEnvVars,
    });
    const { address } = connectionOptions;
    if (!address) return `TEMPORAL_ADDRESS ${NAME_IT}.`;
    if (!/^[^/]+:\d+$/.test(address)) return 'TEMPORAL_ADDRESS must read host:port.';
    const entries = Object.entries(connectionOptions).filter(([, value]) => value !== undefined);
    return { address, namespace, connection: Object.fromEntries(entries) };
  } catch (error) {
    return `Temporal's configuration: ${error instanceof Error ? error.message : error}.`;
  }
}
