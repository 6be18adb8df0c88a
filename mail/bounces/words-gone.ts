/** A person or a box, as mailers call them. */
const WHO =
  '(?:users?|recipients?|receivers?|mail ?box(?:es)?|(?:e-?mail |recipient |destination |mail ?)?address(?:es)?|accounts?|alias|addressees?|user ?names?|user ?ids?|mailbox name|local[ -]?part|person|members?|subscribers?|customers?|e-?mail ids?|email|mailuser|rcpt(?: to)?:?)';

/** Up to three words between: its name, `@`, or "is". */
const BETWEEN = '(?:,? ?[("\\[:]?(?:@|(?!may\\b|might\\b)[^\\s]{1,60})[)"\\]]?){0,2}?:?,?';

/** The address itself is gone: the box, its domain, or the person. Only words that can mean nothing else. */
export const GONE: readonly RegExp[] = [
  new RegExp(
    `\\b${WHO}${BETWEEN} (?:is |was |are |were |has |have |does |do )?(?:currently |\\w{4,20}le?y )?(?:been )?(?:an? |not an? )?(?:unknown|not ?known|not ?found|not exist|n[o']t exists?|not exists|doesn't exist|nonexist[ae]nt|non-exist[ae]nt|no longer (?:exists?|valid|active|in use|available|on|here|used|with|employed|accepts?|a )|invalid|not valid|not (?:a )?valid|inactive|not active|disabled|deactivated|closed|cancell?ed|terminated|deleted|discontinued|expired|removed|missing|not listed|not recogni[sz]ed|not present|not defined|not available here|incorrect|obsolete|retired|wrong|abandoned|could ?n[o']t be found|could not be found|couldn't be found|cannot be found|was ?n[o']t found|not registered|not (?:our|a known|an active)|unroutable|unrouteable)\\b`,
  ),
  /\b(?:unknown|no such|invalid|non[- ]?exist[ae]nt|not a valid|not a known|not an active|bad|illegal|undefined|wrong|incorrect|disabled|deactivated|inactive|unrouteable|unroutable|invalid\/inactive|is not an? (?:valid|known|active|existing)|unknown or illegal|unknown or invalid|unknown or disabled) (?:or (?:\S{1,20}) )?(?:virtual |local |e-?mail |mail |destination |envelope |smtp |final |external |domain |delivery )*(?:users?|recipients?|mail ?box(?:es)?|address(?:es)?|accounts?|alias|person|local[ -]?part|rcpt|addressee|members?|customers?|user ?names?|user ?ids?|email|mail drop|name here|destination|e-?mail address)\b/,
  /\b(?:doesn't|does not|don't|do not) (?:have|exist|appear to have)(?: \S{1,40}){0,3} (?:account|mailbox|user|address|here|at this|on this)|(?:user|account|mailbox|address|recipient|@)\)? (?:does ?n[o']t|doesn't|did not|do not) (?:seem to )?exist|(?:he|she|they|user|person) (?:is )?no longer (?:works?|employed|with)|no longer (?:works (?:at|for|here)|with (?:the|this|our))|has left (?:the|this|our) (?:company|organi[sz]ation)/,
  /\bno (?:mail ?box|account|user|one|person|recipient|such|body|valid recipients?|mail box)(?: \S{1,20}){0,4} (?:here|by that name|at this address|with that name|at this (?:host|site|domain|address)|found|available|of that name|in name directory|on this)|there is no (?:one|such|user|account|mail ?box)|no such (?:\S{1,40} )?(?:user|here|recipient|mailbox|address|person|account)|no longer a valid|not our customer|no mailbox|nobody here|unknown local part|no such account/,
  /no \S{1,40} in name directory|tried to reach (?:does ?n[o']t exist|doesn't exist|is disabled|was not found|no longer)|listed in (?:public|domino)(?: \S{1,20}){0,6} not found|user unknown|recipient ?not ?found|exrecipnotfound|recipnotfound|recipient not ok|userunknown|user-unknown|nosuchuser|unknown recipient|unknown user|bad address|unrouteable address|unroutable address|unknown address\b/,
  /@? ?wasn't found at\b|address couldn't be found|this address no longer|address no longer|email (?:address )?(?:is )?(?:wrong|no longer)|is wrong or no longer|address (?:@ )?has been replaced by|(?:address|recipient|user|account|mailbox) (?:\S{1,40} )?has (?:moved|changed|been changed)|badrcptto|bad ?recipient ?to|validrcptto|envelope recipient has been denied/,
];

/** Its domain is: no such name, or no mail for it. */
export const NOWHERE: readonly RegExp[] = [
  /host or domain name not found|(?:host|domain)(?: name)?(?: @| \S{1,60})? (?:is |was )?(?:unknown|not found|does ?n[o']t exist|doesn't exist|non-?existent|not exist|not known)\b|(?:unknown|no such|non-?existent|bad destination|invalid recipient|invalid destination) (?:recipient |mail |destination |e-?mail )?(?:host|domain|system)\b|find any host (?:named|by that)|point to non-existent hosts|address lookups failed permanently|indicated no smtp service|null mx|(?:host|domain) does not accept (?:any )?mail\b(?! (?:from|with|for|over))|(?:recipient )?domain must exist|nxdomain|has no mail exchanger/,
];

/** The same as `GONE`, in other languages. */
export const GONE_ABROAD: readonly RegExp[] = [
  /(?:benutzer|empfänger|adresse|postfach|mailbox|e-?mail-adresse|account)(?: \S{1,40})? (?:ist )?(?:unbekannt|existiert nicht|nicht gefunden|nicht vorhanden|ungültig|nicht bekannt|deaktiviert)|unbekannter? (?:benutzer|empfänger|adresse|nutzer)|kein postfach|(?:empfänger|adresse)\S{0,10} (?:\S{1,30} ){0,6}(?:nicht gefunden|existiert nicht)/,
  /(?:utilisateur|destinataire|adresse|bo[iî]te|compte)(?: \S{1,40}){0,4} (?:est )?(?:inconnu|introuvable|invalide|inexistant|n'existe (?:pas|plus)|n'a pas été trouv|désactivé|ferm)|n'existe pas/,
  /(?:usuario|destinatario|dirección|direccion|cuenta|buz[oó]n|casilla|persona)(?: \S{1,40}){0,4} (?:es )?(?:desconocid|inexistente|no existe|no encontrad|no se encontr|inválid|no válid|desactivad|ha expirado)|no existe (?:ese|esa|dicha|el|la|este) (?:usuario|persona|cuenta|buz)|no se (?:ha )?encontr(?:ó|ado)/,
  /(?:utente|destinatario|indirizzo|casella|account)(?: \S{1,40}){0,4} (?:è )?(?:sconosciut|inesistente|non esiste|non trovat|non valid|disattivat|non è stat)|nessun utente|destin\S{0,8} sconosciut|(?:usuário|usuario|destinatário|endereço|conta|caixa postal)(?: \S{1,40}){0,4} (?:desconhecid|inexistente|não existe|não encontrad|inválid|não foi encontrad|desativad)/,
  /(?:gebruiker|ontvanger|adres|postvak|mailbox|postbus|account)(?: \S{1,40}){0,4} (?:is )?(?:onbekend|bestaat niet|niet gevonden|ongeldig|kan niet worden gevonden|opgeheven)|onbekende? (?:gebruiker|ontvanger|adres)|bestaat niet/,
  /存在しな|存在しません|見つかりません|見つからな|宛先不明|あて先不明|不明なユーザ|該当するユーザ|用户不存在|收件人.{0,12}不存在|地址不存在|邮箱不存在|找不到.{0,8}(?:用户|收件人|地址)|존재하지 않|찾을 수 없/,
  /пользовател\S* не (?:найден|существует)|адрес\S* не (?:найден|существует)|ящик\S* не (?:найден|существует)|неизвестный (?:пользователь|получатель)|такого пользователя|не существует|nie istnieje|nie ma takiego|nieznany (?:użytkownik|odbiorca)|brak takiego|neexistuje|neznámý|okänd (?:användare|mottagare)|hittades inte|finns inte|findes ikke|ukendt|ikke fundet|finnes ikke|ukjent|tuntematon|ei löydy|bulunamad|nem létezik|ismeretlen/,
];
