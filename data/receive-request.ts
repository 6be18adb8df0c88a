import { nameless, type PrivacyAnswer, type PrivacyRequest } from '../domain/privacy-request.ts';
import { answerByErasing } from './answer-request.ts';
import { privacyRequests } from './privacy-requests.ts';

type ReceiveRequestDeps = {
  readonly hashKey: string;
  /** Whether a shop's own instruction to erase somebody waits for a person of the team. */
  readonly erasesByHand: boolean;
};

/** A request as it is kept from now on; without an answer, a person is to answer it. */
type RequestReceipt = { readonly id: string; readonly answer?: PrivacyAnswer };

/** Makes the way in of what customers ask by law, as their shop passes it on. */
export function createReceiveRequest({ hashKey, erasesByHand }: ReceiveRequestDeps) {
  /**
   * Keeps a request once, however often it is told. One to erase a customer is carried out with it, in one step.
   *
   * @param now epoch milliseconds, the wall's
   */
  return async function receiveRequest(told: PrivacyRequest, now: number): Promise<RequestReceipt> {
    const request = nameless(hashKey, told);
    const { id, kind, source: by } = request;
    if (kind === 'erase-customer' && !erasesByHand) {
      return { id, answer: await answerByErasing(request, { hashKey, by, now }) };
    }
    await privacyRequests.keep(request, now);
    return { id };
  };
}
