import { isAnswerBySubject, isMarkedAsAnswer } from './auto-reply.ts';
import { fieldOf } from './fields.ts';
import type { Letter } from './letter.ts';

/** Names and addresses that only mail systems write under. */
const SENDER =
  /mailer[-_ ]?daemon|mail[-_ ]?daemon|\bdaemon@|mail delivery (?:sub)?system|mail deliver system|mdaemon@|microsoft ?exchange|content-filter at|interscan (?:mss|notif)|internet mail delivery|-?undeliver|smtp_mail_service/i;

/** Names that others use too: the subject or the words must say the rest. */
const LIKELY =
  /post[-_]?master|mail ?(?:system|server|gate)|mail(?:\s+\S+)? (?:delivery|service|administrator)|delivery (?:sub)?system|system ?administrator|administrateur syst|administrador del sistema|systemadministrator|sysadmin@|microsoft outlook|mailmarshal|bounces?@|\bnotifier\b|smtp ?gateway|groupwise|lotus notes|listserv@|antivirus|spam ?firewall|no-?reply@[\w.]{0,40}dion\.ne\.jp|-admin@/i;

/** Subjects of mails that come back, in the languages of their systems. */
const SUBJECT =
  /undeliver|non[- ]?deliver|not deliver|cannot be delivered|could ?(?:n't|not) be delivered|delivery (?:has )?(?:fail|status|report|notif|error|problem|delay|incomplete|unsuccess)|failed (?:mail|delivery|message|to deliver)|failure (?:notice|delivery|notification)|delivery notification|deliver\w+ (?:has )?failed|failed deliver|mail (?:delivery|failure|system error|could not|not delivered|error)|mail failed|message (?:delivery|could not|not delivered|frozen|delayed|status|rejected|blocked|undeliv)|returned (?:mail|to sender|message|e-?mail)|returning message|message returned|warning: (?:message|could not|mail)|delayed mail|mail status|postmaster notify|bounce|error(?:\(s\)| in forwarding| sending your| mail report)|there was an error sending|your message (?:could|to .{0,80} (?:could|was|has))|message not sent|rejected (?:mail|message|posting)|mail (?:was |has been )?(?:rejected|refused|blocked|returned)\b|address not found|\bndr\b|^ndn\b|\bvirus\b.{0,30}\bmessage|nondeliverable|user unknown|not read:.{0}|smtp server: errors from|report:? mail|email not delivered/i;

/** The same in other languages than English. */
const SUBJECT_ABROAD =
  /unzustellbar|nicht zustellbar|konnte nicht zugestellt|zustellung (?:fehlgeschlagen|nicht|verz)|zustellstatus|nachricht nicht zu|r[uü]cksendung|rückläufer|fehlgeschlagen|non remis|non distribu|[ée]chec (?:de|d')|n'a pas (?:pu|été)|non livr|remise (?:impossible|retard)|retour(?:né| de courrier)|no se (?:puede|pudo|ha podido)|no entregad|fallo (?:en|de)|error (?:en|de|al) (?:la )?ent?r?e?g?|devuelto|devolvid|n[aã]o[ _]entreg|n[aã]o (?:foi|é) (?:possível )?entreg|mensagem devolvida|n[aã]o p[oô]de|falha (?:na|de)|impossibile recapitare|recapito (?:non riuscito|fallito)|non recapitabile|mancato recapito|non recapit|mancata consegna|onbestelbaar|niet (?:te )?(?:bestel|bezorg)|niet (?:af)?geleverd|niet worden bezorgd|niet (?:be|af)lever|kan niet worden (?:be|af)|niet bezorgd|oleverbart|olevererbart|(?:kunde|kan|gick) inte (?:att )?leverera|ikke (?:be)?lever|kunne ikke|kan ikke leveres|ei voi(?:tu)? (?:toimittaa|välittää)|toimit\S* epäonnistu|niedostarcz|nie (?:zosta\S{1,4} )?dostarcz|nie (?:można|udało się|mogła?) \S{0,12}\s?dostarcz|zwrot|nedoru[cč]|nelze doru[cč]|nepoda[rř]ilo doru[cč]|kézbesít|δεν (?:είναι δυνατή|παραδόθηκε)|αδύνατη η παράδοση|не уда[её]тся доставить|не удалось доставить|невозможно доставить|배달(?:되지|실패| 실패)|전송 ?실패|无法(?:送达|投递|传递)|無法(?:傳遞|送達|投遞)|退回|недоставлен|не доставлен|не может быть доставлен|ошибка доставки|未送达|退信|投递失败|系统退信|送信(?:できません|エラー|失敗)|配信(?:できません|不能|エラー|に失敗)|メール(?:配信|送信)|戻りました|返送|エラー|İletilemedi|teslim edilemedi|lỗi|ไม่สามารถ/i;

/** Headers that mail systems put on what they return. */
const MARKS = [
  'x-failed-recipients',
  'x-ms-exchange-message-is-ndr',
  'x-ms-embedded-report',
  'x-mx-bounce',
  'x-ahmailid',
  'x-mlserver',
  'x-spasign',
] as const;

/** What lists and shops put into their mail (RFC 2369, RFC 2919). */
const LISTED = ['list-unsubscribe', 'list-id'] as const;

/** A forwarded mail says so in its subject; an answer is a person's. */
const ANSWER = /^\s*(?:re|aw|antw|sv|vs|odp|rv|rif|ris|res)(?:\[\d\])?\s?:/i;

/** Words that only a mail system writes of itself. */
const ITSELF =
  /^(?:hi\. this is|this is the (?:\S{1,40} ){0,3}(?:mail|program|delivery)|this (?:message|notification|report|e-?mail) (?:was|is) (?:an? )?(?:created |generated )?automatic|this is an automat|this report relates to|your message\b|the original message was received|delivery (?:to|has failed)|transcript of session|sorry, we were unable|unable to deliver|an error occurred while|we had trouble delivering|[\s-]{0,8}the following addresses had)/im;

/**
 * Whether a mail is a mail system's, telling of a mail it could not deliver: by whom it is from, its subject, its empty
 * return path (RFC 5321 §4.5.5), its marks, the words it begins with. One sign alone may lie.
 */
export function isFromMailer(letter: Letter): boolean {
  const listed = LISTED.filter((name) => letter.fields.has(name)).length;
  if (listed === LISTED.length) return false;
  if (isMarked(letter)) return true;
  if (listed > 0 || isAnswer(letter)) return false;
  if (LIKELY.test(fromOf(letter))) return saysSo(letter) || returnsMail(letter);
  if (isMarkedAsAnswer(letter) && !isReturn(letter)) return false;
  return tellsBySubject(letter) ? isOfMachine(letter) : isFailureFromNobody(letter);
}

/** Whether a mail says by its subject or first words that it tells of a delivery. */
export function saysSo(letter: Letter): boolean {
  return tellsBySubject(letter) || itself(letter);
}

function tellsBySubject({ subject }: Letter): boolean {
  return SUBJECT.test(subject) || tellsAbroad({ subject });
}

/** Whether a subject tells of a delivery in another language than English. */
export function tellsAbroad({ subject }: Pick<Letter, 'subject'>): boolean {
  return SUBJECT_ABROAD.test(subject);
}

/** By whom it is from, and what only mail systems put into a mail. */
function isMarked(letter: Letter): boolean {
  const { fields, types } = letter;
  if (SENDER.test(fromOf(letter)) || MARKS.some((mark) => fields.has(mark))) return true;
  if (fields.get('received')?.some((line) => line.includes('invoked for bounce'))) return true; // qmail
  return [...types].some((type) => type.includes('delivery-status'));
}

function fromOf({ fields }: Letter): string {
  return `${fieldOf(fields, 'from')} ${fieldOf(fields, 'sender')}`;
}

function itself({ notice }: Letter): boolean {
  return ITSELF.test(notice.slice(0, 4000));
}

/** Whether a person answers, or a machine of theirs. Apache James too returns a mail under "Re:" and its subject. */
function isAnswer(letter: Letter): boolean {
  const isSystem = LIKELY.test(fromOf(letter)) && hasEmptyPath(letter) && itself(letter);
  return (ANSWER.test(letter.subject) && !isSystem) || (isAnswerBySubject(letter) && !isReturn(letter));
}

/** A person's machine may write any subject, and quote a mail, but not in the words in which systems return one. */
function isReturn(letter: Letter): boolean {
  return returnsMail(letter) && itself(letter);
}

function returnsMail({ original }: Letter): boolean {
  return original.size > 0;
}

function isFailureFromNobody(letter: Letter): boolean {
  return hasEmptyPath(letter) && /fail|error|return/i.test(letter.subject);
}

function isOfMachine(letter: Letter): boolean {
  const path = letter.fields.get('return-path')?.[0];
  return path === undefined || hasEmptyPath(letter) || SENDER.test(path) || itself(letter);
}

function hasEmptyPath({ fields }: Letter): boolean {
  return /^<?\s{0,4}>?$/.test(fields.get('return-path')?.[0] ?? 'none');
}
