import { type Check, ok, warning } from '../../domain/check.ts';
import type { ComplaintTerms } from '../../domain/complaint-terms.ts';

type Asked = {
  readonly complaints: ComplaintTerms | undefined;
  /** The shop's own address for answers. */
  readonly replyTo: string;
  /** The domain whose mail comes to our listener. */
  readonly returnPath: string | undefined;
};

/** Tells where an answer to a mail goes; that is to the shop where nobody listens for it, whatever the playbook wants. */
export function repliesCheck({ complaints, replyTo, returnPath }: Asked): Check {
  const name = 'replies';
  if (complaints?.replies !== 'rapport') return ok(name, `what customers answer goes to ${replyTo}`);
  if (returnPath !== undefined)
    return ok(name, `what customers answer to a mail is a complaint, by ${returnPath}`);
  const says = `the playbook has complaints.replies: rapport, but nothing listens: answers go to ${replyTo}`;
  return warning(name, {
    says,
    mend: 'set RAPPORT_RETURN_PATH, and let the mail of that domain come to the listener (docs/operations.md)',
  });
}
