/** What only a printed letter says, in ten languages: how to come from paper to the page, and that one page follows the other. */
import type { Language } from './language.ts'

export type LetterWords = {
  /** Before the printed address, beside the code that a telephone reads. */
  scan: string
  /** Instead of an answer by e-mail, where the buyer is to find out first. */
  checkTitle: string
  checkText: string
  page: string
}

export const LETTER_WORDS: Record<Language, LetterWords> = {
  en: {
    scan: 'Scan this code with a phone, or type this address into a browser:',
    checkTitle: 'Tell us the number on our page.',
    checkText: 'Our page says at once whether yours is recalled, and opens your remedy. If you cannot find a number, write to us.',
    page: 'Page {page} of {pages}',
  },
  de: {
    scan: 'Scannen Sie diesen Code mit einem Telefon, oder geben Sie diese Adresse in einen Browser ein:',
    checkTitle: 'Nennen Sie uns die Nummer auf unserer Seite.',
    checkText:
      'Unsere Seite sagt Ihnen sofort, ob Ihr Produkt zurückgerufen ist, und öffnet Ihre Abhilfe. Wenn Sie keine Nummer finden, schreiben Sie uns.',
    page: 'Seite {page} von {pages}',
  },
  fr: {
    scan: 'Scannez ce code avec un téléphone, ou saisissez cette adresse dans un navigateur :',
    checkTitle: 'Indiquez-nous le numéro sur notre page.',
    checkText:
      'Notre page vous dit aussitôt si le vôtre est rappelé et ouvre votre dossier. Si vous ne trouvez pas de numéro, écrivez-nous.',
    page: 'Page {page} sur {pages}',
  },
  es: {
    scan: 'Escanee este código con un teléfono o escriba esta dirección en un navegador:',
    checkTitle: 'Díganos el número en nuestra página.',
    checkText: 'Nuestra página le dice al momento si el suyo está retirado y abre su caso. Si no encuentra ningún número, escríbanos.',
    page: 'Página {page} de {pages}',
  },
  it: {
    scan: 'Inquadri questo codice con un telefono, o scriva questo indirizzo in un browser:',
    checkTitle: 'Ci indichi il numero sulla nostra pagina.',
    checkText: 'La nostra pagina Le dice subito se il Suo è richiamato e apre la Sua pratica. Se non trova un numero, ci scriva.',
    page: 'Pagina {page} di {pages}',
  },
  nl: {
    scan: 'Scan deze code met een telefoon, of typ dit adres in een browser:',
    checkTitle: 'Geef het nummer door op onze pagina.',
    checkText: 'Onze pagina zegt u meteen of uw product is teruggeroepen en opent uw dossier. Vindt u geen nummer, schrijf ons dan.',
    page: 'Pagina {page} van {pages}',
  },
  pl: {
    scan: 'Zeskanuj ten kod telefonem albo wpisz ten adres w przeglądarce:',
    checkTitle: 'Podaj nam numer na naszej stronie.',
    checkText:
      'Nasza strona od razu powie, czy Twój produkt jest wycofany, i otworzy Twoją sprawę. Jeśli nie znajdziesz numeru, napisz do nas.',
    page: 'Strona {page} z {pages}',
  },
  pt: {
    scan: 'Leia este código com um telemóvel ou escreva este endereço num navegador:',
    checkTitle: 'Diga-nos o número na nossa página.',
    checkText: 'A nossa página diz logo se o seu foi recolhido e abre o seu caso. Se não encontrar um número, escreva-nos.',
    page: 'Página {page} de {pages}',
  },
  sv: {
    scan: 'Skanna koden med en telefon, eller skriv in adressen i en webbläsare:',
    checkTitle: 'Ange numret på vår sida.',
    checkText: 'Sidan säger genast om din produkt återkallas och öppnar ditt ärende. Hittar du inget nummer, skriv till oss.',
    page: 'Sida {page} av {pages}',
  },
  zh: {
    scan: '请用手机扫描此二维码，或在浏览器中输入此网址：',
    checkTitle: '请在我们的网页上填写编号。',
    checkText: '网页会立即告诉您您的产品是否被召回，并为您处理。如果找不到编号，请写信给我们。',
    page: '第 {page} 页，共 {pages} 页',
  },
}
