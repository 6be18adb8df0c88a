import { confirmationToken, createReturnPath, sendToken } from '../domain/return-path.ts';

/** How what becomes of a mail later finds back to it. */
export type WayBack = {
  /** Where its bounces go; absent: to whoever it is from. */
  readonly bounces?: string;
  /** The address by which one leaves its topic, if we listen there. */
  readonly leave?: string;
  /** Where a person answers, if we listen there. */
  readonly reply?: string;
  /** What providers repeat in their webhooks, by header. */
  readonly headers: Readonly<Record<string, string>>;
};

export type WayBackOf = (customerId: string, sendKey: string) => WayBack;

export type WayBackOptions = {
  readonly secret: string;
  /** The domain whose mail comes to our listener. */
  readonly returnPath?: string | undefined;
  /** Postmark repeats its own header only, and takes it out on the way. */
  readonly throughPostmark?: boolean;
};

/** The header by which a mail is recognised in what others tell of it. It names ids only, with a proof. */
const SEND_HEADER = 'X-Rapport-Send';

/** The name of it among Postmark's metadata: 20 characters at most, values 80. */
const POSTMARK_METADATA = 'rapport-send';

export function createWayBack({ secret, returnPath, throughPostmark }: WayBackOptions): WayBackOf {
  const returnPathOf = returnPath === undefined ? undefined : createReturnPath(returnPath, secret);
  return (customerId, key) => {
    const token = sendToken(secret, customerId, key);
    const addresses = returnPathOf?.(customerId, key);
    return {
      ...(addresses && { bounces: addresses.bounce, leave: addresses.unsubscribe, reply: addresses.reply }),
      headers: naming(token, throughPostmark),
    };
  };
}

/** The way back of mails by which addresses are confirmed, by `confirmationRef`; nobody leaves a topic by these. */
export function createConfirmationWayBack({ secret, returnPath, throughPostmark }: WayBackOptions) {
  return (ref: string): Pick<WayBack, 'bounces' | 'headers'> => {
    const token = confirmationToken(secret, ref);
    const bounces = returnPath === undefined ? {} : { bounces: `${token}@${returnPath}` };
    return { ...bounces, headers: naming(token, throughPostmark) };
  };
}

function naming(token: string, throughPostmark = false): WayBack['headers'] {
  return {
    [SEND_HEADER]: token,
    ...(throughPostmark && { [`X-PM-Metadata-${POSTMARK_METADATA}`]: token }),
  };
}
