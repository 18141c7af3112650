/** What only the administrator of a business account is told, in ten languages, in place of a buyer's own lines and remedy. */
import type { Language } from './language.ts'

export type AccountWords = {
  /** Why they get this; {units} as the notice counts them, {buyers} a number. */
  why: string
  tellTitle: string
  tellText: string
  /** How they find out whether the message is ours: their own account shows them no notice. */
  genuine: string
}

export const ACCOUNT_WORDS: Record<Language, AccountWords> = {
  en: {
    why: 'You get this message because you administer a business account with us. Bought in it: {units}. People who bought: {buyers}.',
    tellTitle: 'Tell the people in your account.',
    tellText: 'We write to each of them too. They get their remedy by the link in their own message.',
    genuine:
      'Open our public page on this recall yourself, without a link from a message, and type the code there: it says whether this message is ours.',
  },
  de: {
    why: 'Sie erhalten diese Nachricht, weil Sie ein Geschäftskonto bei uns verwalten. Darüber gekauft: {units}. Personen, die gekauft haben: {buyers}.',
    tellTitle: 'Sagen Sie es den Personen in Ihrem Konto.',
    tellText: 'Wir schreiben auch jeder von ihnen. Ihre Abhilfe bekommen sie über den Link in ihrer eigenen Nachricht.',
    genuine:
      'Öffnen Sie unsere öffentliche Seite zu diesem Rückruf selbst, ohne einen Link aus einer Nachricht, und geben Sie dort den Code ein: Sie sagt, ob diese Nachricht von uns ist.',
  },
  fr: {
    why: 'Vous recevez ce message parce que vous gérez un compte professionnel chez nous. Achats sur ce compte : {units}. Personnes qui ont acheté : {buyers}.',
    tellTitle: 'Prévenez les personnes de votre compte.',
    tellText: 'Nous écrivons aussi à chacune d’elles. Elles obtiennent leur réparation par le lien de leur propre message.',
    genuine:
      'Ouvrez vous-même notre page publique sur ce rappel, sans passer par un lien reçu, et saisissez-y le code : elle dit si ce message vient de nous.',
  },
  es: {
    why: 'Recibe este mensaje porque administra una cuenta de empresa con nosotros. Comprado en ella: {units}. Personas que compraron: {buyers}.',
    tellTitle: 'Avise a las personas de su cuenta.',
    tellText: 'También escribimos a cada una. Obtienen su solución con el enlace de su propio mensaje.',
    genuine:
      'Abra usted mismo nuestra página pública de esta retirada, sin usar un enlace de un mensaje, y escriba allí el código: le dirá si este mensaje es nuestro.',
  },
  it: {
    why: 'Riceve questo messaggio perché amministra un account aziendale presso di noi. Acquisti su questo account: {units}. Persone che hanno acquistato: {buyers}.',
    tellTitle: 'Avvisi le persone del Suo account.',
    tellText: 'Scriviamo anche a ciascuna di loro. Ottengono il loro rimedio con il link nel proprio messaggio.',
    genuine:
      'Apra direttamente la nostra pagina pubblica su questo richiamo, senza usare il link di un messaggio, e inserisca il codice: dice se questo messaggio è nostro.',
  },
  nl: {
    why: 'U krijgt dit bericht omdat u een zakelijk account bij ons beheert. Daarin gekocht: {units}. Personen die kochten: {buyers}.',
    tellTitle: 'Vertel het de mensen in uw account.',
    tellText: 'Wij schrijven ieder van hen ook. Zij krijgen hun oplossing via de link in hun eigen bericht.',
    genuine:
      'Open zelf onze openbare pagina over deze terugroepactie, zonder een link uit een bericht, en typ daar de code: zij zegt of dit bericht van ons is.',
  },
  pl: {
    why: 'Otrzymujesz tę wiadomość, ponieważ zarządzasz u nas kontem firmowym. Kupiono na nim: {units}. Liczba osób, które kupiły: {buyers}.',
    tellTitle: 'Powiedz o tym osobom na swoim koncie.',
    tellText: 'Piszemy też do każdej z nich. Rozwiązanie otrzymają przez link we własnej wiadomości.',
    genuine:
      'Otwórz samodzielnie naszą publiczną stronę o tym wycofaniu, bez linku z wiadomości, i wpisz tam kod: strona powie, czy ta wiadomość jest od nas.',
  },
  pt: {
    why: 'Recebe esta mensagem porque administra uma conta empresarial connosco. Comprado nessa conta: {units}. Pessoas que compraram: {buyers}.',
    tellTitle: 'Avise as pessoas da sua conta.',
    tellText: 'Também escrevemos a cada uma delas. Obtêm a sua solução pela ligação na própria mensagem.',
    genuine:
      'Abra diretamente a nossa página pública sobre esta recolha, sem usar a ligação de uma mensagem, e escreva lá o código: ela diz se esta mensagem é nossa.',
  },
  sv: {
    why: 'Du får det här meddelandet för att du administrerar ett företagskonto hos oss. Köpt via kontot: {units}. Antal personer som köpt: {buyers}.',
    tellTitle: 'Berätta för personerna i ditt konto.',
    tellText: 'Vi skriver också till var och en av dem. De får sin ersättning genom länken i sitt eget meddelande.',
    genuine:
      'Öppna själv vår offentliga sida om återkallelsen, utan länk från ett meddelande, och skriv in koden där: den säger om meddelandet är vårt.',
  },
  zh: {
    why: '您收到此消息，是因为您管理我们这里的一个企业账户。该账户购买数量：{units}。购买人数：{buyers}。',
    tellTitle: '请告知您账户中的人员。',
    tellText: '我们也会分别通知他们。他们可通过各自消息中的链接获得处理。',
    genuine: '请自行打开我们关于此次召回的公开页面（不要通过消息中的链接），并输入代码：页面会告诉您此消息是否由我们发出。',
  },
}
