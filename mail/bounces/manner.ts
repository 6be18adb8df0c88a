import type { Letter } from './letter.ts';
import { tellsAbroad } from './mailer.ts';

/** What a notice is about, as a whole. */
export type Manner = 'failed' | 'delayed' | 'delivered';

const DELAYED =
  /this is (?:only )?a warning|warning message only|do(?:es)? not need to (?:re-?send|resubmit)|still (?:trying|undelivered|being)|will (?:be retried|keep trying|continue|retry)|delivery attempts will continue|no action is required|not yet been delivered|has (?:been|not yet been) delayed|is delayed|delivery (?:is |has been )?delayed|could not send message for past|message (?:still )?undelivered after|delays in delivering|deferred (?:delivery|addresses)|temporary failure report|being held in|keep trying|wird weiter versucht|verzögert|a été retardé|se ha retrasado|vertraagd/i;

const DELAY_SUBJECT =
  /\bdelay|^warning:|still being retried|verzög|verzoeg|retard|retras|ritard|vertrag|attesa|atras/i;

const NOT =
  /(?:not|n't|never|nicht) (?:be |been |yet |have been ){0,2}(?:successfully |erfolgreich )?(?:delivered|zugestellt)/i;

/** It says so itself: whatever else stands there, this is the end. */
const FINAL =
  /permanent (?:error|failure|fatal)|failed permanently|given up|giving up on this|will not be (?:retried|delivered)|could not be delivered to one or more|no further attempts|undeliverable/i;

const DELIVERED =
  /(?:was|were|has been|have been|been) success?fully (?:delivered|relayed)|successful (?:mail )?delivery|successful delivery notifications|(?:was|were|been) delivered to the following recipients?|your message was relayed to|wurde (?:erfolgreich )?zugestellt|has been delivered to|confirmation of delivery|message status - delivered|is complete, but (?:no )?delivery notification/i;

const FAILED =
  /(?:not|n't|never|cannot|unable to|could not|failed to|impossible|undeliver|fail|error|return|reject|refus|problem|trouble|bounce|fatal|block|den(?:y|ied)|unknown|invalid|no such|exceed|full|quota|expired|timed? ?-?out|moved|stopped|banned|infected)|unzustell|zugestellt|fehl|zurück|remis|distribu|livr|échou|echou|entreg|fallid|error|devuel|recapit|consegn|bezorg|mislukt|levere|doręcz|доставл|ошиб|無|エラー|送信|配信|送達|届|失敗|不明|存在|退|失败|未/i;

/** What a mail system's notice is about; undefined where it tells of no delivery at all. */
export function mannerOf({ notice, subject }: Letter): Manner | undefined {
  const top = `${subject}\n${notice.slice(0, 20_000)}`;
  if (/message status - opened|^not read:/i.test(subject)) return undefined; // GroupWise, Exchange
  if (DELIVERED.test(top) && !FINAL.test(top) && !NOT.test(top)) return 'delivered';
  const isDelay = DELAYED.test(top) || DELAY_SUBJECT.test(subject);
  if (isDelay && !FINAL.test(top)) return 'delayed';
  return FAILED.test(top) || tellsAbroad({ subject }) ? 'failed' : undefined;
}
