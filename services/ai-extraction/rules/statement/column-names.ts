import type { Synonyms } from '../../layout/headers.ts'

/** What a column of a statement can hold. `number` is a count of rows or a branch, of no use to a reader. */
export type ColumnRole =
  | 'date'
  | 'booking'
  | 'value'
  | 'description'
  | 'counterparty'
  | 'reference'
  | 'check'
  | 'debit'
  | 'credit'
  | 'amount'
  | 'balance'
  | 'side'
  | 'currency'
  | 'number'

/**
 * How the columns are named in English, German, French, Spanish, Dutch, Italian and Portuguese:
 * small letters, no accents, no marks. The currency behind a name (`Soll EUR`) is taken off before.
 */
export const columnNames: Synonyms<ColumnRole> = {
  date: words(
    'date,dates,transaction date,trans date,trans,tran date,txn date,date of transaction,day,date processed,datum,tag,' +
      'bu tag,belegdatum,umsatzdatum,date operation,date d operation,date de l operation,date op,jour,fecha,fecha operacion,' +
      'fecha de operacion,f oper,f operacion,f op,fecha oper,dia,transactiedatum,data,data operazione,data oper,data op,' +
      'data mov,data movimento,data do movimento,data da operacao,data lanc,data lancamento,data transacao,fecha mov,fecha movimiento',
  ),
  booking: words(
    'booking date,date booked,booked,posting date,post date,posted date,date posted,posted,entry date,buchung,buchungstag,' +
      'buchungsdatum,buch tag,gebucht am,date comptable,date de comptabilisation,date ecriture,comptabilisation,' +
      'fecha contable,f contable,boekdatum,boekings datum,boekingsdatum,boek datum,data contabile,data registrazione,data contabilistica',
  ),
  value: words(
    'value date,value,value dt,val date,effective date,eff date,valuta,valutadatum,valuta datum,wert,wertstellung,wertstellungstag,wertdatum,valeur,' +
      'date valeur,date de valeur,date val,val,valor,fecha valor,f valor,fecha de valor,f val,rentedatum,rente datum,valuta datum,' +
      'data valuta,data valor,data val,interest date',
  ),
  description: words(
    'description,descriptions,details,detail,particulars,narration,narrative,transaction,transactions,activity,transaction details,' +
      'transaction description,description of transaction,details of transaction,payment type and details,payment type and description,' +
      'transaction type,type,payment details,entry,merchant,merchant name,merchant description,remarks,memo,payee,text,buchungstext,vorgang,umsatz text,' +
      'verwendungszweck,vorgang verwendungszweck,beschreibung,erlauterung,erlauterungen,buchungsdetails,bezeichnung,details zur buchung,auftraggeber empfanger,' +
      'buchungsinformation,umsatzinformation,transaktion,buchungstext verwendungszweck,art,buchung verwendungszweck,beguenstigter auftraggeber,' +
      'libelle,libelles,libelle de l operation,libelle des operations,nature de l operation,nature des operations,nature,operation,operations,designation,' +
      'intitule,motif,detail des operations,detail de l operation,type d operation,communication,concepto,conceptos,concepto operacion,descripcion,detalle,operacion,movimiento,movimientos,' +
      'observaciones,tipo de operacion,descripcion de la operacion,omschrijving,omschrijvingen,naam omschrijving,naam,mededelingen,mededeling,transactie,mutatiesoort,soort,code,' +
      'descrizione,descrizione operazione,descrizione operazioni,descrizione delle operazioni,descrizione movimento,causale,operazione,operazioni,' +
      'causale descrizione,movimento,descricao,descritivo,movimentos,historico,descricao do movimento,lancamento,naam omschrijving mededelingen,' +
      'type of transaction,transaction information,reason,purpose,booking text,concept',
  ),
  counterparty: words(
    'counterparty,name,beneficiary,payee payer,sender recipient,empfanger,auftraggeber,empfanger auftraggeber,beguenstigter,zahlungsbeteiligter,' +
      'name zahlungsbeteiligter,beneficiaire,contrepartie,beneficiario,ordenante,beneficiario ordenante,tegenpartij,tegenrekening,controparte,rekening,tegenrekening naam,naam tegenpartij',
  ),
  reference: words(
    'reference,ref,ref no,reference no,reference number,transaction id,trans id,chq ref no,chq ref number,cheque ref no,referenz,referenz nr,beleg nr,belegnr,primanota,' +
      'reference operation,numero d operation,n piece,referencia,num ref,referentie,kenmerk,riferimento,rif,num doc,doc,documento,num operacion',
  ),
  check: words(
    'check,check no,check number,check numbers,cheque,cheque no,cheque number,chq no,scheck nr,n cheque,no cheque,n de cheque,num cheque,num assegno',
  ),
  debit: words(
    'debit,debits,outflow,outflows,debit amount,withdrawal,withdrawals,withdrawal amt,withdrawal amount,withdrawals debits,money out,paid out,payments out,payment out,payments,out,dr,dr amount,debit s,withdrawn,' +
      'charges,amount out,spent,withdrawals and debits,soll,belastung,belastungen,lastschrift,lastschriften,ausgang,ausgange,ausgabe,ausgaben,abgang,zu ihren lasten,lasten,debits amount,' +
      'debit montant,montant debit,retrait,retraits,sortie,sorties,depense,depenses,a votre debit,debe,cargo,cargos,adeudo,adeudos,pagos,gasto,gastos,retiro,retiros,salidas,debito,' +
      'debitos,af,afschrijving,afschrijvingen,uit,afgeschreven,bedrag af,debet,uitgaven,dare,addebito,addebiti,uscite,uscita,importo dare,a debito,saidas,saida,levantamentos,money out amount,' +
      'checks and debits,withdrawals and charges',
  ),
  credit: words(
    'credit,credits,inflow,inflows,credit amount,deposit,deposits,deposit amt,deposit amount,deposits credits,money in,paid in,payments in,payment in,receipts,in,cr,cr amount,credit s,received,amount in,' +
      'deposits and credits,haben,gutschrift,gutschriften,eingang,eingange,einnahme,einnahmen,zugang,zu ihren gunsten,gunsten,credit montant,montant credit,versement,versements,entree,' +
      'entrees,recette,recettes,a votre credit,haber,abono,abonos,ingreso,ingresos,entradas,deposito,depositos,credito,creditos,bij,bijschrijving,bijschrijvingen,bijgeschreven,bedrag bij,' +
      'ontvangsten,inkomsten,avere,accredito,accrediti,entrate,entrata,importo avere,a credito,entrada,additions,interest credits',
  ),
  amount: words(
    'amount,amounts,transaction amount,amt,sum,betrag,betrage,umsatz,umsatze,umsatz in,betrag in,montant,montants,montant en,somme,importe,importes,cantidad,importe en,bedrag,bedragen,' +
      'bedrag in,mutatie,importo,importi,importo in,valor movimento,montante,importancia,valor em,quantia,amount in,net amount,betrag der buchung',
  ),
  balance: words(
    'balance,balances,running balance,account balance,closing balance,ending balance,daily balance,ending daily balance,bal,ledger balance,balance in,saldo,kontostand,kontosaldo,neuer saldo,saldo in,' +
      'saldo nach buchung,solde,soldes,solde en,saldo disponible,saldo contable,saldo na mutatie,saldo contabile,saldo progressivo,saldo contabilistico,saldo disponivel,stand,neues guthaben,saldo en',
  ),
  side: words(
    'af bij,bij af,s h,h s,d c,c d,dr cr,cr dr,db cr,soll haben,dare avere,debit credit,debet credit,debe haber,sens,sign,d h',
  ),
  currency: words('currency,ccy,wahrung,whg,devise,divisa,moneda,munt,valuta eur,moeda,curr'),
  number: words(
    'no,nr,s no,sr no,sl no,lfd nr,line,n,num,numero,volgnr,volgnummer,branch,oficina,seq,page,nummer,entry no',
  ),
}

function words(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}
