/**
 * Words that a notice must not have, by language. Whole words or their beginnings, whatever the letters around them: `\b` knows no accents,
 * so that the edges are said with `\p{L}`. "May" the month is no hedge. Pure data.
 */
import type { Language } from '../wording/language.ts'

export type Phrases = Record<Language, readonly RegExp[]>

/** "Voluntary", "discretionary": the reader hears that it is up to them (Article 36(2)(c) of Regulation (EU) 2023/988; BEIS 2020/033). */
export const VOLUNTARY: Phrases = {
  en: [/(?<!\p{L})voluntar\p{L}*/iu, /(?<!\p{L})discretion\p{L}*/iu],
  fr: [/(?<!\p{L})volontair\p{L}*/iu, /(?<!\p{L})facultati\p{L}*/iu, /(?<!\p{L})à titre discrétionnaire(?!\p{L})/iu],
  de: [/(?<!\p{L})freiwillig\p{L}*/iu, /(?<!\p{L})Ermessen\p{L}*/iu, /(?<!\p{L})Kulanz\p{L}*/iu],
  es: [/(?<!\p{L})voluntari\p{L}*/iu, /(?<!\p{L})discrecional\p{L}*/iu],
  it: [/(?<!\p{L})volontari\p{L}*/iu, /(?<!\p{L})discrezional\p{L}*/iu, /(?<!\p{L})facoltativ\p{L}*/iu],
  nl: [/(?<!\p{L})vrijwillig\p{L}*/iu, /(?<!\p{L})discretionair\p{L}*/iu],
  pl: [/dobrowoln\p{L}*/iu, /uznaniow\p{L}*/iu],
  pt: [/(?<!\p{L})voluntári\p{L}*/iu, /(?<!\p{L})discricionári\p{L}*/iu],
  sv: [/(?<!\p{L})frivillig\p{L}*/iu, /(?<!\p{L})skönsmässig\p{L}*/iu],
  zh: [/自愿/u, /酌情/u],
}

/** "Precautionary", "out of an abundance of caution" (the same Article). */
export const PRECAUTION: Phrases = {
  en: [/(?<!\p{L})precaution\p{L}*/iu, /(?<!\p{L})abundance of caution(?!\p{L})/iu, /(?<!\p{L})just in case(?!\p{L})/iu],
  fr: [/(?<!\p{L})par (?:mesure de )?précaution(?!\p{L})/iu, /(?<!\p{L})préventi\p{L}*/iu, /(?<!\p{L})par prudence(?!\p{L})/iu],
  de: [
    /(?<!\p{L})vorsorglich\p{L}*/iu,
    /(?<!\p{L})Vorsichtsmaßnahme\p{L}*/iu,
    /(?<!\p{L})zur Vorsicht(?!\p{L})/iu,
    /(?<!\p{L})vorsichtshalber(?!\p{L})/iu,
  ],
  es: [/(?<!\p{L})precaución(?!\p{L})/iu, /(?<!\p{L})precautori\p{L}*/iu, /(?<!\p{L})preventiv\p{L}*/iu],
  it: [/(?<!\p{L})precauzion\p{L}*/iu, /(?<!\p{L})cautelativ\p{L}*/iu, /(?<!\p{L})prudenzial\p{L}*/iu],
  nl: [/(?<!\p{L})voorzorg\p{L}*/iu, /(?<!\p{L})uit voorzichtigheid(?!\p{L})/iu],
  pl: [/ostrożnoś\p{L}*/iu, /zapobiegawcz\p{L}*/iu, /prewencyjn\p{L}*/iu],
  pt: [/(?<!\p{L})precaução/iu, /(?<!\p{L})precauciona\p{L}*/iu, /(?<!\p{L})preventiv\p{L}*/iu],
  sv: [/försiktighetsåtgärd\p{L}*/iu, /(?<!\p{L})för säkerhets skull(?!\p{L})/iu, /förebyggande/iu],
  zh: [/以防万一/u, /预防性/u, /出于谨慎/u],
}

/** "In rare situations", "in specific situations" (the same Article). */
export const RARELY: Phrases = {
  en: [
    /(?<!\p{L})(?:in|under) (?:very |some |certain |a few )?(?:rare|specific|isolated|certain|exceptional|limited) (?:situation|case|circumstance|condition|instance)s?(?!\p{L})/iu,
    /(?<!\p{L})rarely(?!\p{L})/iu,
    /(?<!\p{L})very low (?:risk|likelihood|probability)(?!\p{L})/iu,
    /(?<!\p{L})unlikely(?!\p{L})/iu,
  ],
  fr: [/(?<!\p{L})dans (?:de |des |certains |quelques )?(?:très )?(?:rares )?(?:cas|situations?) (?:rares?|particuli\p{L}+|précis\p{L}*|exceptionnel\p{L}*|isolés?)/iu, /(?<!\p{L})dans de rares (?:cas|situations)(?!\p{L})/iu, /(?<!\p{L})rarement(?!\p{L})/iu], // prettier-ignore
  de: [
    /(?<!\p{L})in (?:sehr )?(?:seltenen|bestimmten|einzelnen|besonderen|Ausnahme)\s?(?:Fällen|Situationen|fällen)(?!\p{L})/iu,
    /(?<!\p{L})selten(?!\p{L})/iu,
  ],
  es: [/(?<!\p{L})en (?:casos|situaciones) (?:raros|raras|concret\p{L}+|específic\p{L}+|excepcional\p{L}*|aislad\p{L}+)/iu, /(?<!\p{L})en (?:raros|raras|muy pocos) (?:casos|situaciones|ocasiones)/iu, /(?<!\p{L})rara vez(?!\p{L})/iu], // prettier-ignore
  it: [/(?<!\p{L})in (?:casi|situazioni) (?:rari|rare|specific\p{L}+|particolari|eccezionali|isolati)/iu, /(?<!\p{L})in (?:rari|rare) (?:casi|situazioni)/iu, /(?<!\p{L})raramente(?!\p{L})/iu], // prettier-ignore
  nl: [
    /(?<!\p{L})in (?:zeldzame|specifieke|uitzonderlijke|bepaalde|sommige) (?:gevallen|situaties|omstandigheden)/iu,
    /(?<!\p{L})zelden(?!\p{L})/iu,
  ],
  pl: [
    /(?<!\p{L})w (?:rzadkich|szczególnych|wyjątkowych|określonych|pojedynczych) (?:przypadkach|sytuacjach)/iu,
    /(?<!\p{L})rzadko(?!\p{L})/iu,
  ],
  pt: [/(?<!\p{L})em (?:casos|situações) (?:raros|raras|específic\p{L}+|excecionais|isolad\p{L}+)/iu, /(?<!\p{L})em (?:raros|raras) (?:casos|situações)/iu, /(?<!\p{L})raramente(?!\p{L})/iu], // prettier-ignore
  sv: [/(?<!\p{L})i (?:sällsynta|enstaka|särskilda|vissa) (?:fall|situationer)/iu, /(?<!\p{L})sällan(?!\p{L})/iu],
  zh: [/极少数/u, /罕见/u, /个别情况/u, /特定情况/u],
}

/** That no accidents were reported: demanded in the United States where the agency states it, forbidden in the Union (the same Article). */
export const NONE_REPORTED: Phrases = {
  en: [
    /(?<!\p{L})none (?:have been |has been |were )?(?:reported|known)(?!\p{L})/iu,
    /(?<!\p{L})no (?:known |other |further |such |related |serious |personal )?(?:\p{L}+ (?:or|and) )?(?:accident|incident|injur|illness|death|fatalit|complaint|report|adverse|case)\p{L}*/iu,
    /(?<!\p{L})(?:has|have|had) (?:not|never) (?:been )?(?:received|reported|aware)(?!\p{L})/iu,
    /(?<!\p{L})(?:is|are|was|were) not aware of(?!\p{L})/iu,
    /(?<!\p{L})without (?:any )?(?:injur|incident|accident)\p{L}*/iu,
  ],
  fr: [
    /(?<!\p{L})aucun\p{L}*\s(?:\p{L}+\s){0,2}(?:accident|incident|blessure|plainte|signalement|décès|cas)/iu,
    /(?<!\p{L})n’a (?:pas )?été signalé/iu,
  ],
  de: [/(?<!\p{L})kein\p{L}*\s(?:\p{L}+\s){0,2}(?:Unfälle?n?|Vorfälle?n?|Verletzung\p{L}*|Meldung\p{L}*|Beschwerde\p{L}*|Todesf\p{L}+)/iu],
  es: [/(?<!\p{L})(?:ningún|ninguna|sin|no se han? (?:notificado|comunicado|registrado|producido))\s(?:\p{L}+\s){0,2}(?:accidente|incidente|lesi[oó]n|herido|queja|caso)\p{L}*/iu], // prettier-ignore
  it: [/(?<!\p{L})(?:nessun\p{L}*|non sono stati segnalati|non risultano)\s?’?(?:\p{L}+\s){0,2}(?:incident|infortun|lesion|segnalazion|cas[oi]|reclam)\p{L}*/iu], // prettier-ignore
  nl: [/(?<!\p{L})(?:geen|zonder)\s(?:\p{L}+\s){0,2}(?:ongeval|ongeluk|incident|letsel|klacht|melding|gewond)\p{L}*/iu],
  pl: [/(?<!\p{L})(?:nie (?:zgłoszono|odnotowano|stwierdzono|doszło do)|brak)\s(?:\p{L}+\s){0,2}(?:wypadk|incydent|uraz|obrażeń|zgłosze|skarg)\p{L}*/iu], // prettier-ignore
  pt: [/(?<!\p{L})(?:nenhum|nenhuma|sem|não (?:há|houve|foram (?:comunicad|registad)\p{L}+))\s(?:\p{L}+\s){0,2}(?:acidente|incidente|les(?:ão|ões)|ferid|queixa|caso)\p{L}*/iu], // prettier-ignore
  sv: [/(?<!\p{L})(?:inga|ingen|inte några)\s(?:\p{L}+\s){0,2}(?:olyck|incident|skad|klagomål|rapport)\p{L}*/iu],
  zh: [/(?:没有|未|无|尚无).{0,6}(?:事故|受伤|伤害|投诉|报告)/u],
}

/** Hedges of our own, against what an agency has found (what the CPSC held against Amazon's messages, docket 21-2). */
export const HEDGES: Phrases = {
  en: [
    /(?<!\p{L})may(?!\p{L})/u,
    /(?<!\p{L})might(?!\p{L})/iu,
    /(?<!\p{L})could(?!\p{L})/iu,
    /(?<!\p{L})potential\p{L}*/iu,
    /(?<!\p{L})possibl[ey](?!\p{L})/iu,
    /(?<!\p{L})perhaps(?!\p{L})/iu,
  ],
  fr: [
    /(?<!\p{L})peut-être(?!\p{L})/iu,
    /(?<!\p{L})pourrai\p{L}+/iu,
    /(?<!\p{L})éventuel\p{L}*/iu,
    /(?<!\p{L})potentiel\p{L}*/iu,
    /(?<!\p{L})susceptible/iu,
  ],
  de: [
    /(?<!\p{L})möglicherweise(?!\p{L})/iu,
    /(?<!\p{L})eventuell\p{L}*/iu,
    /(?<!\p{L})unter Umständen(?!\p{L})/iu,
    /(?<!\p{L})könnten?(?!\p{L})/iu,
    /(?<!\p{L})potenzie\p{L}*/iu,
    /(?<!\p{L})vielleicht(?!\p{L})/iu,
  ],
  es: [
    /(?<!\p{L})podría\p{L}*/iu,
    /(?<!\p{L})posible\p{L}*/iu,
    /(?<!\p{L})potencial\p{L}*/iu,
    /(?<!\p{L})quizás?(?!\p{L})/iu,
    /(?<!\p{L})tal vez(?!\p{L})/iu,
  ],
  it: [/(?<!\p{L})potrebb\p{L}+/iu, /(?<!\p{L})eventual\p{L}*/iu, /(?<!\p{L})potenzial\p{L}*/iu, /(?<!\p{L})forse(?!\p{L})/iu],
  nl: [
    /(?<!\p{L})mogelijk\p{L}*/iu,
    /(?<!\p{L})misschien(?!\p{L})/iu,
    /(?<!\p{L})eventue\p{L}*/iu,
    /(?<!\p{L})potentie\p{L}*/iu,
    /(?<!\p{L})zou(?:den)? kunnen(?!\p{L})/iu,
  ],
  pl: [/potencjaln\p{L}*/iu, /ewentualn\p{L}*/iu, /być może/iu, /może spowodować/iu, /mógł\p{L}*\s?by/iu],
  pt: [
    /(?<!\p{L})poder(?:á|ão|ia|iam)(?!\p{L})/iu,
    /(?<!\p{L})talvez(?!\p{L})/iu,
    /(?<!\p{L})eventual\p{L}*/iu,
    /(?<!\p{L})potencial\p{L}*/iu,
    /(?<!\p{L})possivelmente(?!\p{L})/iu,
  ],
  sv: [
    /(?<!\p{L})kanske(?!\p{L})/iu,
    /(?<!\p{L})möjligen(?!\p{L})/iu,
    /(?<!\p{L})eventuell\p{L}*/iu,
    /(?<!\p{L})potentiell\p{L}*/iu,
    /(?<!\p{L})skulle kunna(?!\p{L})/iu,
  ],
  zh: [/可能/u, /也许/u, /或许/u, /潜在/u],
}

/** A gift card or credit where money is owed (docket 21-2; Article 37 of Regulation (EU) 2023/988: a refund of at least the price). */
export const GIFT_CARDS: Phrases = {
  en: [/(?<!\p{L})gift ?cards?(?!\p{L})/iu, /(?<!\p{L})vouchers?(?!\p{L})/iu, /(?<!\p{L})store credits?(?!\p{L})/iu],
  fr: [/(?<!\p{L})cartes?[- ]cadeaux?(?!\p{L})/iu, /(?<!\p{L})bons? d[’']achat(?!\p{L})/iu, /(?<!\p{L})avoir en magasin(?!\p{L})/iu],
  de: [/(?<!\p{L})Gutschein\p{L}*/iu, /(?<!\p{L})Geschenkkarte\p{L}*/iu],
  es: [
    /(?<!\p{L})tarjetas? (?:de )?regalo(?!\p{L})/iu,
    /(?<!\p{L})vales? (?:de compra|de descuento)(?!\p{L})/iu,
    /(?<!\p{L})cheques? regalo(?!\p{L})/iu,
  ],
  it: [/(?<!\p{L})buon[oi] (?:regalo|acquisto|sconto)(?!\p{L})/iu, /(?<!\p{L})cart[ae] regalo(?!\p{L})/iu],
  nl: [/(?<!\p{L})cadeaubon\p{L}*/iu, /(?<!\p{L})cadeaukaart\p{L}*/iu, /(?<!\p{L})tegoedbon\p{L}*/iu, /(?<!\p{L})waardebon\p{L}*/iu],
  pl: [
    /(?<!\p{L})kart\p{L} podarunkow\p{L}+/iu,
    /(?<!\p{L})bon(?:y|u|em)? (?:podarunkow\p{L}+|zakupow\p{L}+)/iu,
    /(?<!\p{L})voucher\p{L}*/iu,
  ],
  pt: [
    /(?<!\p{L})(?:cartão|cartões)[- ]presente(?!\p{L})/iu,
    /(?<!\p{L})vales? (?:de compras?|de oferta|-oferta)/iu,
    /(?<!\p{L})cartão[- ]oferta(?!\p{L})/iu,
  ],
  sv: [/(?<!\p{L})presentkort\p{L}*/iu, /(?<!\p{L})tillgodokvitto\p{L}*/iu, /(?<!\p{L})värdebevis\p{L}*/iu],
  zh: [/礼品卡/u, /购物券/u, /代金券/u],
}

/** Selling: a notice carries none (CPSC's guidelines for recall pages; 16 CFR 1115.27 is about the recall alone). */
export const SELLING: Phrases = {
  en: [/(?<!\p{L})\d+ ?% off(?!\p{L})/iu, /(?<!\p{L})discounts?(?!\p{L})/iu, /(?<!\p{L})coupons?(?!\p{L})/iu, /(?<!\p{L})shop now(?!\p{L})/iu, /(?<!\p{L})buy now(?!\p{L})/iu, /(?<!\p{L})special offers?(?!\p{L})/iu, /(?<!\p{L})newsletter(?!\p{L})/iu, /(?<!\p{L})on sale(?!\p{L})/iu, /(?<!\p{L})free gift(?!\p{L})/iu], // prettier-ignore
  fr: [
    /(?<!\p{L})remises?(?!\p{L})/iu,
    /(?<!\p{L})promotion\p{L}*/iu,
    /(?<!\p{L})achetez(?!\p{L})/iu,
    /(?<!\p{L})offres? spéciales?(?!\p{L})/iu,
    /(?<!\p{L})code promo(?!\p{L})/iu,
    /(?<!\p{L})soldes(?!\p{L})/iu,
  ],
  de: [
    /(?<!\p{L})Rabatt\p{L}*/iu,
    /(?<!\p{L})Sonderangebot\p{L}*/iu,
    /(?<!\p{L})jetzt kaufen(?!\p{L})/iu,
    /(?<!\p{L})Newsletter\p{L}*/iu,
    /(?<!\p{L})Aktionspreis\p{L}*/iu,
  ],
  es: [
    /(?<!\p{L})descuentos?(?!\p{L})/iu,
    /(?<!\p{L})ofertas?(?!\p{L})/iu,
    /(?<!\p{L})compre(?!\p{L})/iu,
    /(?<!\p{L})rebajas(?!\p{L})/iu,
    /(?<!\p{L})cup(?:ón|ones)(?!\p{L})/iu,
  ],
  it: [
    /(?<!\p{L})scont[oi](?!\p{L})/iu,
    /(?<!\p{L})offerta(?!\p{L})/iu,
    /(?<!\p{L})promozion\p{L}*/iu,
    /(?<!\p{L})acquista ora(?!\p{L})/iu,
    /(?<!\p{L})saldi(?!\p{L})/iu,
  ],
  nl: [/(?<!\p{L})korting\p{L}*/iu, /(?<!\p{L})aanbieding\p{L}*/iu, /(?<!\p{L})koop nu(?!\p{L})/iu, /(?<!\p{L})nieuwsbrief(?!\p{L})/iu],
  pl: [/rabat\p{L}*/iu, /promocj\p{L}*/iu, /kup teraz/iu, /zniżk\p{L}*/iu, /newsletter\p{L}*/iu],
  pt: [
    /(?<!\p{L})descontos?(?!\p{L})/iu,
    /(?<!\p{L})promoç\p{L}*/iu,
    /(?<!\p{L})compre(?!\p{L})/iu,
    /(?<!\p{L})saldos(?!\p{L})/iu,
    /(?<!\p{L})cupã?o\p{L}*/iu,
  ],
  sv: [
    /(?<!\p{L})rabatt\p{L}*/iu,
    /(?<!\p{L})erbjudande\p{L}*/iu,
    /(?<!\p{L})köp nu(?!\p{L})/iu,
    /(?<!\p{L})nyhetsbrev\p{L}*/iu,
    /(?<!\p{L})rea(?!\p{L})/iu,
  ],
  zh: [/优惠/u, /折扣/u, /促销/u, /立即购买/u, /特价/u],
}

/** Asking for what forgers ask for: secrets, cards, accounts. Our sentence that we never do is told apart by its place. */
export const SECRETS: Phrases = {
  en: [/(?<!\p{L})passwords?(?!\p{L})/iu, /(?<!\p{L})bank (?:details|accounts?)(?!\p{L})/iu, /(?<!\p{L})card (?:number|details)(?!\p{L})/iu, /(?<!\p{L})social security(?!\p{L})/iu, /(?<!\p{L})PIN(?!\p{L})/u, /(?<!\p{L})IBAN(?!\p{L})/u], // prettier-ignore
  fr: [
    /(?<!\p{L})mots? de passe(?!\p{L})/iu,
    /(?<!\p{L})coordonnées bancaires(?!\p{L})/iu,
    /(?<!\p{L})numéro de carte(?!\p{L})/iu,
    /(?<!\p{L})RIB(?!\p{L})/u,
    /(?<!\p{L})IBAN(?!\p{L})/u,
  ],
  de: [
    /(?<!\p{L})Passwor\p{L}*/iu,
    /(?<!\p{L})Kennwor\p{L}*/iu,
    /(?<!\p{L})Bankdaten(?!\p{L})/iu,
    /(?<!\p{L})Bankverbindung(?!\p{L})/iu,
    /(?<!\p{L})Kartennummer(?!\p{L})/iu,
    /(?<!\p{L})IBAN(?!\p{L})/u,
  ],
  es: [
    /(?<!\p{L})contraseñas?(?!\p{L})/iu,
    /(?<!\p{L})datos bancarios(?!\p{L})/iu,
    /(?<!\p{L})número de (?:su )?tarjeta(?!\p{L})/iu,
    /(?<!\p{L})IBAN(?!\p{L})/u,
  ],
  it: [
    /(?<!\p{L})password(?!\p{L})/iu,
    /(?<!\p{L})dati bancari(?!\p{L})/iu,
    /(?<!\p{L})numero della carta(?!\p{L})/iu,
    /(?<!\p{L})IBAN(?!\p{L})/u,
  ],
  nl: [/(?<!\p{L})wachtwoord\p{L}*/iu, /(?<!\p{L})bankgegevens(?!\p{L})/iu, /(?<!\p{L})kaartnummer(?!\p{L})/iu, /(?<!\p{L})IBAN(?!\p{L})/u],
  pl: [/(?<!\p{L})hasł\p{L}+/iu, /dan\p{L}+ bankow\p{L}+/iu, /numer\p{L}* karty/iu, /(?<!\p{L})IBAN(?!\p{L})/u],
  pt: [
    /(?<!\p{L})palavra-passe(?!\p{L})/iu,
    /(?<!\p{L})senha(?!\p{L})/iu,
    /(?<!\p{L})dados bancários(?!\p{L})/iu,
    /(?<!\p{L})número do cartão(?!\p{L})/iu,
    /(?<!\p{L})IBAN(?!\p{L})/u,
  ],
  sv: [
    /(?<!\p{L})lösenord\p{L}*/iu,
    /(?<!\p{L})bankuppgifter(?!\p{L})/iu,
    /(?<!\p{L})kontonummer(?!\p{L})/iu,
    /(?<!\p{L})kortnummer(?!\p{L})/iu,
    /(?<!\p{L})BankID(?!\p{L})/iu,
  ],
  zh: [/密码/u, /银行账户/u, /银行卡/u, /卡号/u],
}

/** Sending the reader to sign in: what every forged message does. */
export const SIGN_IN: Phrases = {
  en: [/(?<!\p{L})(?:sign|log)[ -]?in(?!\p{L})/iu],
  fr: [/(?<!\p{L})connectez-vous(?!\p{L})/iu, /(?<!\p{L})identifiez-vous(?!\p{L})/iu, /(?<!\p{L})se connecter(?!\p{L})/iu],
  de: [/(?<!\p{L})(?:melden|loggen) Sie sich(?!\p{L})/iu, /(?<!\p{L})jetzt anmelden(?!\p{L})/iu, /(?<!\p{L})einloggen(?!\p{L})/iu],
  es: [/(?<!\p{L})inicie sesión(?!\p{L})/iu, /(?<!\p{L})iniciar sesión(?!\p{L})/iu, /(?<!\p{L})identifíquese(?!\p{L})/iu],
  it: [/(?<!\p{L})acceda(?!\p{L})/iu, /(?<!\p{L})accedi(?!\p{L})/iu, /(?<!\p{L})effettui (?:l[’'])?accesso(?!\p{L})/iu],
  nl: [/(?<!\p{L})log(?:t|geer)? in(?!\p{L})/iu, /(?<!\p{L})inlogg\p{L}*/iu, /(?<!\p{L})meld u aan(?!\p{L})/iu],
  pl: [/zaloguj\p{L}*/iu, /logowani\p{L}*/iu],
  pt: [/(?<!\p{L})inicie (?:a )?sessão(?!\p{L})/iu, /(?<!\p{L})faça login(?!\p{L})/iu, /(?<!\p{L})entre na sua conta(?!\p{L})/iu],
  sv: [/(?<!\p{L})logga in(?!\p{L})/iu, /(?<!\p{L})inloggning(?!\p{L})/iu],
  zh: [/登录/u, /登入/u],
}

/** The word that makes a notice one: it must stand in subject and heading (16 CFR 1115.27(a)). */
export const RECALL_WORDS: Phrases = {
  en: [/(?<!\p{L})recall/iu],
  fr: [/(?<!\p{L})rappel/iu],
  de: [/rückruf/iu],
  es: [/(?<!\p{L})(?:retirada|retiro|recuperación)/iu],
  it: [/(?<!\p{L})richiam/iu],
  nl: [/(?<!\p{L})teruggeroep|(?<!\p{L})terugroep/iu],
  pl: [/wycofani|odzyskani/iu],
  pt: [/(?<!\p{L})recolh/iu],
  sv: [/återkall/iu],
  zh: [/召回/u],
}

/** The first of a language's phrases that stands in a text, as it stands there; null where none does. */
export function phraseIn(phrases: readonly RegExp[], text: string): string | null {
  for (const phrase of phrases) {
    const found = phrase.exec(text)
    if (found !== null) return found[0]
  }
  return null
}
