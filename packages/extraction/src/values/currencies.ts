/** Codes of currencies in use by ISO 4217, amendment 179, without funds and metals. */
const codes = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY ' +
    'COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS ' +
    'INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP ' +
    'MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR ' +
    'SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND ' +
    'VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
)
/** Currencies that gave way to the euro or to a new code, which old documents still have. */
const former = new Set('ATS BEF DEM ESP FIM FRF GRD HRK IEP ITL LUF NLG PTE'.split(' '))

const withoutMinor = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ITL ESP BEF LUF GRD PTE'.split(' '),
)
const withMils = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

/** Whether ISO 4217 has the code, today or before the euro. */
export function isCurrency(code: string): boolean {
  return codes.has(code) || former.has(code)
}

/** How many decimals the currency has by ISO 4217; 2 where it is not known. */
export function exponentOf(currency: string | null): number {
  if (currency === null) return 2
  if (withoutMinor.has(currency)) return 0
  return withMils.has(currency) ? 3 : 2
}

/** Signs that stand for one currency alone. `$`, `kr` and `¥` do not: the document has to say more. */
const signs: Record<string, string> = {
  '€': 'EUR',
  EURO: 'EUR',
  EUROS: 'EUR',
  '£': 'GBP',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  R$: 'BRL',
  FR: 'CHF',
  'FR.': 'CHF',
  SFR: 'CHF',
  'SFR.': 'CHF',
  ZŁ: 'PLN',
  KČ: 'CZK',
  FT: 'HUF',
  LEI: 'RON',
  ЛВ: 'BGN',
  'ЛВ.': 'BGN',
  '₺': 'TRY',
  '₹': 'INR',
  '₽': 'RUB',
  '₪': 'ILS',
  '₩': 'KRW',
  '₴': 'UAH',
  円: 'JPY',
  元: 'CNY',
  '฿': 'THB',
  '₫': 'VND',
  '₱': 'PHP',
  '₦': 'NGN',
  KD: 'KWD',
  BD: 'BHD',
}
const ambiguous = new Set(['$', 'KR', 'KR.', '¥', '￥'])

/** What a printed sign or code may mean: one currency, several (`ambiguous`), or nothing (undefined). */
export function currencyOf(printed: string): string | undefined {
  const text = printed.toUpperCase()
  if (isCurrency(text)) return text
  return signs[text] ?? (ambiguous.has(text) ? 'ambiguous' : undefined)
}

/** Every sign that {@link currencyOf} knows, longest first. */
export const currencySigns = [...Object.keys(signs), ...ambiguous].sort((a, b) => b.length - a.length)
