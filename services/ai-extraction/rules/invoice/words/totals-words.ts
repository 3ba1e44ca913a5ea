import type { Lexicon } from '../lexicon.ts'

/**
 * What stands beside the sums of an invoice. Many say more than one thing (`Subtotal` is before or after
 * allowances, `Total` with or without tax): sums decide which.
 */
export const totalsWords = {
  lineSum: [
    `sum of lines|lines total|total of lines|total lines|items total|total items|goods total|total goods|total amount of lines|positionssumme|summe positionen|summe der positionen|warenwert|total lignes|total des lignes|importe bruto|total bruto|suma de lineas|totale righe|totale merce|totale articoli|totaal regels|subtotal items|gross subtotal|brutto zwischensumme|total brut|total brut ht|nettowarenwert|netto warenwert|warenwert netto|importe total lineas|totale imponibile merce|merce|onorari|onorario|compenso|totale prestazioni|totale onorari`,
    `subtotal|sub total|zwischensumme|sous total|subtotaal|total parcial|subtotale|suma|summe|total|tussentotaal|total ht|net total|totaal|totale`,
  ],
  net: [
    `net total|total net|net amount|net|net value|total excl vat|total ex vat|total excluding vat|total excl tax|total before tax|total before vat|amount excl vat|total without vat|total amount without vat|subtotal excl vat|subtotal ex vat|total exc vat|total w o tax|net invoice total|taxable amount|taxable total|goods net|total excluding tax|subtotal before tax|net subtotal|total ex gst|invoice net|net of vat|total net of vat|total net amount|subtotal net|amount net|total price excl vat|total exclusive of vat|amount before tax|subtotal excluding vat|amount excluding vat|net price
    |nettobetrag|netto|summe netto|netto summe|gesamt netto|nettosumme|netto gesamt|netto betrag|rechnungssumme ohne ust|rechnungsbetrag netto|zwischensumme netto|summe ohne mwst|betrag netto|gesamtnetto|nettogesamtbetrag|gesamtbetrag netto|summe ohne ust|total netto|zwischensumme ohne mwst|gesamtsumme netto|netto rechnungsbetrag|summe exkl mwst|total exkl mwst|zwischensumme exkl mwst|netto total|nettowert|entgelt|nettoentgelt|rechnungsnetto|total ohne mwst|netto zwischensumme|warenwert netto|auftragswert netto
    |total ht|total h t|montant ht|total hors taxes|total hors taxe|sous total ht|montant total ht|total net ht|net ht|base ht|total general ht|montant hors taxes|prix ht|prix total ht|total htva|total hors tva|montant net ht|montant total hors taxes|total montant ht|ht|total eur ht|base imposable|montant htva|sous total h t
    |base imponible|total sin iva|importe neto|total neto|subtotal sin iva|neto|base|suma neta|total base imponible|total bases|importe sin iva|base imponible total|total antes de impuestos|importe base
    |imponibile|totale imponibile|totale netto|netto imponibile|totale senza iva|importo netto|totale iva esclusa|netto|totale documento netto|imponibile totale|importo imponibile|totale al netto iva|totale escl iva
    |totaal excl btw|exclusief btw|excl btw|totaal exclusief btw|netto bedrag|subtotaal excl btw|totaal netto|bedrag excl btw|subtotaal exclusief btw|totaalbedrag excl btw|bedrag exclusief btw|totaal ex btw|totaal zonder btw|netto totaal|nettobedrag|maatstaf van heffing|totaal bedrag excl btw|subtotaal ex btw
    |total sem iva|valor liquido|base tributavel|total iliquido|total liquido`,
    `subtotal|sub total|zwischensumme|sous total|subtotaal|total parcial|subtotale|suma|summe|total|gesamtbetrag|gesamt|totaal|totale|total amount|tussentotaal|montant total|importe total|gesamtsumme|totaalbedrag|invoice total`,
  ],
  tax: [
    `vat|tax rate|vat rate|vat total|total vat|vat amount|total vat amount|tax|sales tax|tax total|total tax|tax amount|gst|hst|pst|plus vat|add vat|vat at|vat payable|state tax|tax due|total sales tax|total vat due|value added tax|vat charge|vat standard rate|standard rate vat|output vat|city tax|county tax|total gst|vat only|total taxes|incl vat|including vat|of which vat|vat included|includes vat|thereof vat
    |umsatzsteuer|ust|mwst|mehrwertsteuer|steuerbetrag|zzgl mwst|zzgl ust|zzgl umsatzsteuer|summe mwst|summe ust|mwst betrag|ust betrag|gesamtsteuer|umsatzsteuerbetrag|steuer|zuzuglich mwst|zuzuglich umsatzsteuer|enthaltene mwst|inkl mwst|darin enthaltene mwst|gesetzl mwst|zzgl gesetzl mwst|zzgl gesetzlicher mwst|plus mwst|mwst satz|ust satz|summe umsatzsteuer|summe steuer|steuern|gesamt mwst|gesamt ust|zuzuglich ust|zuzuglich mehrwertsteuer|zzgl mehrwertsteuer|zzgl gesetzl ust|inkl ust|darin ust|darin enthalten mwst|enthaltene umsatzsteuer|enthaltene ust|mwst total|total mwst|zzgl gesetzl umsatzsteuer|gesetzliche mehrwertsteuer|gesetzliche umsatzsteuer|zzgl gesetzliche mwst|zzgl der gesetzlichen mwst|davon mwst|darin enthaltene umsatzsteuer|davon ust|steuer gesamt|steuersumme|mehrwertsteuerbetrag|mwst gesamt
    |tva|total tva|montant tva|total taxes|taxes|t v a|tva collectee|montant de la tva|total t v a|dont tva|montant total tva|total de la tva|tva a|taux normal|montant taxes|tva totale|tva due
    |iva|cuota iva|total iva|i v a|importe iva|cuota|iva repercutido|impuestos|cuotas|iva total|total impuestos|total cuotas|igic|total cuota|importe del iva|total cuota iva|mas iva|iva incluido
    |imposta|totale iva|imposte|totale imposta|importo iva|totale imposte|di cui iva|iva totale|totale iva eur
    |btw|btw bedrag|totaal btw|btw totaal|b t w|btw hoog|btw laag|bedrag btw|omzetbelasting|btw over|totaal btw bedrag|waarvan btw|plus btw|btw tarief|inclusief btw|totale btw|bedrag van de btw
    |valor iva|valor do iva`,
    ``,
  ],
  gross: [
    `grand total|total incl vat|total inc vat|total including vat|total incl tax|invoice total|total invoice|gross total|total gross|gross amount|total gross amount|total amount|amount incl vat|total with vat|invoice amount|total invoice amount|total invoice value|total inc tax|total inc gst|gross|total payable incl vat|total including tax|invoice value|total vat included|total price incl vat|total inclusive of vat|total charges|total incl gst|amount including vat|gross invoice total|total with tax|new charges|total new charges|current charges|total current charges|credit total|total credit|total credit amount
    |rechnungsbetrag|gesamtbetrag|gesamtsumme|bruttobetrag|bruttosumme|endbetrag|endsumme|summe brutto|rechnungssumme|rechnungsendbetrag|gesamt brutto|brutto|gesamtbetrag inkl mwst|gesamt|gesamtbetrag brutto|rechnungsbetrag brutto|total inkl mwst|rechnungstotal|bruttorechnungsbetrag|summe inkl mwst|gutschriftsbetrag|gesamtpreis|total brutto|rechnungsgesamtbetrag|gesamtsumme brutto|brutto gesamt|gesamtbetrag inkl ust|summe inkl ust|betrag inkl mwst|brutto summe|endbetrag brutto|brutto total|rechnungs endbetrag|gesamtbruttobetrag|gutschriftbetrag|gesamtgutschrift
    |total ttc|total t t c|montant ttc|total toutes taxes comprises|montant total ttc|net ttc|total general ttc|total general|montant total|total facture|total tvac|ttc|montant tvac|total tva comprise|montant total toutes taxes comprises|total facture ttc|total avoir|total tvac a payer|total avoir ttc|total de la facture
    |total factura|total con iva|importe total|total iva incluido|total general|total importe|importe total factura|total factura con iva|total euros|total eur|importe total con iva|total de la factura|importe liquido|total abono|total documento|total factura eur
    |totale fattura|totale documento|totale con iva|totale lordo|importo totale|totale iva inclusa|totale complessivo|totale generale|totale ivato|totale fattura eur|lordo|totale documento eur|totale nota di credito|totale incl iva|totale nota credito
    |totaal incl btw|inclusief btw|totaalbedrag|totaal inclusief btw|factuurbedrag|factuurtotaal|totaal factuur|eindtotaal|bruto totaal|bedrag incl btw|totaalbedrag incl btw|totaal bedrag incl btw|totaal inc btw|totaal bedrag|totaalbedrag inclusief btw|creditbedrag|totaal creditnota|totaal incl
    |total com iva|valor total|total da fatura|total do documento`,
    `total|summe|totaal|totale|total eur|total usd|total gbp|total chf|net total`,
  ],
  allowance: [
    `discount|total discount|less discount|discounts|allowance|allowances|total allowances|allowances amount|rebate|special discount|discount amount|trade discount|coupon|promotion|promo|voucher|volume discount|loyalty discount|less|overall discount|customer discount|early payment discount|prompt payment discount|document discount|discount total
    |rabatt|nachlass|abzuglich rabatt|abschlag|gesamtbetrag der abschlage|rabatte|sondernachlass|gesamtrabatt|abzgl rabatt|kundenrabatt|gutschein|treuerabatt|mengenrabatt|warenrabatt|sonderrabatt|summe rabatte|summe abschlage|rechnungsrabatt|preisnachlass|rabatt auf netto|aktionsrabatt|abzug|skonto sofort|abzuglich
    |remise|remises|remise globale|rabais|total remises|remise commerciale|escompte|ristourne|remise exceptionnelle|remise client|total remise|reduction|remise fidelite|montant remise
    |descuento|dto|descuentos|descuento comercial|descuento global|dto comercial|bonificacion|total descuento|total descuentos|rappel|dto pp|descuento general|dto global|descuento pronto pago
    |sconto|sconti|sconto incondizionato|abbuono|totale sconti|sconto commerciale|sconto cliente|totale sconto
    |korting|kortingen|totaal korting|klantkorting|kwantumkorting|actiekorting|korting totaal|betalingskorting|factuurkorting|desconto|descontos`,
    ``,
  ],
  charge: [
    `shipping|delivery|freight|postage|carriage|handling|shipping handling|shipping and handling|delivery charge|shipping cost|shipping costs|charges|charges amount|total charges amount|surcharge|packing|postage packing|postage and packing|delivery fee|service charge|insurance|freight charge|shipping fee|fuel surcharge|packaging|shipping handling charge|delivery costs|handling fee|p p|packing and shipping|small order surcharge
    |versand|versandkosten|porto|fracht|zuschlag|gesamtbetrag der zuschlage|versandpauschale|verpackung|frachtkosten|transportkosten|lieferkosten|mindermengenzuschlag|fracht und verpackung|porto und verpackung|summe zuschlage|zuschlage|porto verpackung|versand und verpackung|transportkosten pauschal|fracht verp vers|liefergebuhr|bearbeitungsgebuhr
    |frais de port|port|frais|frais de livraison|frais de transport|livraison|transport|frais d expedition|port et emballage|charges totales|frais d envoi|participation frais de port|frais d emballage|frais de dossier|frais deplacement|frais de deplacement
    |portes|gastos de envio|envio|transporte|gastos|recargo|gastos envio|gastos de transporte|gastos de embalaje|embalaje
    |cassa previdenza|contributo previdenziale|contributo integrativo|rivalsa inps|cassa forense|spese di spedizione|spedizione|trasporto|spese|spese di trasporto|spese accessorie|imballo|spese d incasso|bolli|bollo|spese bancarie|spese di incasso|spese imballo|spese incasso|spese trasporto|contributo spese di spedizione|imposta di bollo
    |verzendkosten|verzending|transportkosten nl|toeslag|administratiekosten|orderkosten|bezorgkosten|vrachtkosten|portokosten|verpakkingskosten|behandelingskosten|brandstoftoeslag|portes de envio`,
    ``,
  ],
  paid: [
    `paid|amount paid|payment received|payments received|deposit|less deposit|prepaid|prepaid amount|payment|payments|total paid|less payment|deposit paid|amount received|less amount paid|already paid|paid to date|less paid|advance|advance payment|less payments received|payments credits|prepayment|less payments|less prepayment|down payment|deposit received|paid on account|less advance payment|paid amount|received|retainer applied|less advance|less deposit received|less deposit paid|credits applied|advance paid
    |anzahlung|erhaltene anzahlungen|erhaltene anzahlung|bereits gezahlt|abzuglich anzahlung|bereits bezahlt|abzgl anzahlung|bezahlt|zahlung|geleistete anzahlung|bereits geleistete zahlungen|vorauszahlung|abschlagszahlung|geleistete zahlungen|erhaltene zahlung|gezahlt|erhaltene zahlungen|bereits erhalten|abzuglich bereits gezahlt|bereits geleistete anzahlung|abzuglich erhaltene anzahlung|abzuglich abschlagszahlung|zahlungseingang|bereits geleistet|bisherige zahlungen|abzgl bereits bezahlt|abzuglich vorauszahlung|geleistete abschlage|abzuglich erhaltener anzahlung|abzgl vorauszahlung|abzgl erhaltene anzahlung|abzuglich abschlage
    |acompte|acomptes|deja regle|deja paye|acompte verse|montant regle|acompte recu|reglement|regle|acompte deja verse|paiement recu|montant paye|acompte deduit|avance|deja verse|deduction acompte|acomptes verses|acompte percu|paye|reglements recus|total paye|versement recu|provision versee|montant deja regle|montant deja paye|reglement recu
    |anticipo|pagado|a cuenta|entregado a cuenta|pagos a cuenta|importe pagado|entrega a cuenta|pago a cuenta|anticipos|ya pagado|pago recibido|anticipo recibido|anticipo entregado|total pagado|senal
    |acconto|gia pagato|acconto versato|pagato|acconti|anticipo versato|acconto ricevuto|importo pagato|a dedurre acconto|detrazione acconto|gia versato|acconti versati
    |aanbetaling|reeds betaald|betaald|voldaan|reeds voldaan|vooruitbetaling|betaald bedrag|ontvangen|ontvangen betaling|voorschot|betaling ontvangen|vooruitbetaald|al betaald|betaald voorschot|ontvangen aanbetaling|reeds ontvangen|adiantamento|valor pago`,
    ``,
  ],
  due: [
    `amount due|balance due|total due|balance|amount payable|total payable|outstanding|outstanding balance|to pay|residual|total amount due|net payable|payable|amount owing|balance payable|now due|please pay|amount to pay|total amount payable|balance outstanding|remaining|net due|amount outstanding|total to pay|pay this amount|invoice balance|remaining balance|total balance due|balance owing|amount due now|total outstanding|amount now due|balance to pay|net amount due|you owe|amount owed|final balance|remaining amount|total balance|credit due|amount payable gbp
    |zahlbetrag|zu zahlen|zu zahlender betrag|offener betrag|restbetrag|noch zu zahlen|restforderung|zahlungsbetrag|offen|zu uberweisen|verbleibender betrag|zu zahlender gesamtbetrag|verbleibend|restzahlung|noch offen|offener restbetrag|uberweisungsbetrag|forderung|restsumme|zu begleichen|zu uberweisender betrag|noch zu zahlender betrag|auszahlungsbetrag|verbleibender rechnungsbetrag|nachzahlung|offene forderung|zahllast|zu zahlende summe|falliger betrag|gesamtforderung
    |net a payer|reste a payer|solde a payer|solde|montant du|a payer|total a payer|net a regler|solde du|montant a payer|reste du|total du|net a payer ttc|reste a regler|montant a regler|somme a payer|total a regler|solde a regler|net a payer en euros|net a deduire|net a votre credit|solde restant du
    |total a pagar|importe a pagar|pendiente|a pagar|liquido a percibir|pendiente de pago|importe pendiente|saldo|total pendiente|saldo pendiente|liquido|neto a pagar|liquido a pagar|total liquido a pagar|resta por pagar|total a abonar|importe a abonar|resto a pagar|importe pendiente de pago|pendiente de cobro|a abonar
    |totale da pagare|netto a pagare|da pagare|importo dovuto|totale dovuto|importo da pagare|a saldo|saldo da pagare|residuo|totale a pagare|netto da pagare|saldo dovuto|restano da pagare|importo a pagare|importo residuo|da saldare|saldo a pagare
    |te betalen|te voldoen|openstaand|nog te betalen|te betalen bedrag|openstaand bedrag|totaal te betalen|nog te voldoen|totaal te voldoen|restant|resterend bedrag|u betaalt|restbedrag|verschuldigd bedrag|resterend|te ontvangen|totaal verschuldigd|door u te betalen|totaal openstaand|nog openstaand
    |valor a pagar|total a pagar eur`,
    `total|invoice total|gesamtbetrag`,
  ],
  rounding: [
    `rounding|rounding difference|round off|rounding adjustment|rundung|rundungsdifferenz|rundungsausgleich|rundungsbetrag|arrondi|redondeo|arrotondamento|afronding|afrondingsverschil|arredondamento|cash rounding|5 rappen rundung`,
    ``,
  ],
  previousBalance: [
    `previous balance|balance brought forward|brought forward|balance forward|past due|opening balance|prior balance|last balance|overdue balance|vortrag|saldovortrag|alter saldo|ubertrag saldo|offene posten|solde anterieur|solde precedent|ancien solde|report solde|saldo anterior|saldo precedente|vorig saldo|openstaand saldo vorige|previous amount due|previous charges|ruckstand|offener saldo|report du solde precedent|alte forderung|saldo precedente fatture`,
    ``,
  ],
  withheld: [
    `irpf|retencion|retencion irpf|ritenuta|ritenuta d acconto|withholding|withholding tax|retenue|retenue a la source|inhouding|ritenuta acconto|retencion i r p f|retenue de garantie|sicherheitseinbehalt`,
    ``,
  ],
} as const satisfies Lexicon

export type TotalsField = keyof typeof totalsWords
