/** What the banner says, in ten languages. Short, because it stands on somebody else's page. Pure. */
import { isLanguage, type Language } from './wording/language.ts'

/** `stop…` where something surely is recalled, `check…` where the buyer's lot or serial number must tell; `{n}` is how many products. */
export type BannerWords = {
  /** What the region is, for a screen reader. */
  label: string
  stopOne: string
  stopMany: string
  checkOne: string
  checkMany: string
  /** Before a product's name, as one link. */
  see: string
  all: string
  less: string
  more: string
}

export const BANNER_WORDS: Record<Language, BannerWords> = {
  en: {
    label: 'Product safety alert',
    stopOne: 'A product you bought is recalled. Stop using it and see what to do.',
    stopMany: '{n} products you bought are recalled. Stop using them and see what to do.',
    checkOne: 'Check a product you bought: some of its kind are recalled. Stop using it until you know.',
    checkMany: 'Check {n} products you bought: some of their kind are recalled. Stop using them until you know.',
    see: 'See what to do',
    all: 'See all your recalls and product safety alerts',
    less: 'Show less',
    more: 'Show more',
  },
  fr: {
    label: 'Alerte de sécurité',
    stopOne: 'Un produit que vous avez acheté est rappelé. Cessez de l’utiliser et voyez que faire.',
    stopMany: '{n} produits que vous avez achetés sont rappelés. Cessez de les utiliser et voyez que faire.',
    checkOne: 'Vérifiez un produit que vous avez acheté : certains exemplaires sont rappelés. Ne l’utilisez pas avant de savoir.',
    checkMany: 'Vérifiez {n} produits que vous avez achetés : certains exemplaires sont rappelés. Ne les utilisez pas avant de savoir.',
    see: 'Voir que faire',
    all: 'Voir tous vos rappels et alertes de sécurité',
    less: 'Réduire',
    more: 'Afficher plus',
  },
  de: {
    label: 'Sicherheitshinweis zu Produkten',
    stopOne: 'Ein Produkt, das Sie gekauft haben, wird zurückgerufen. Benutzen Sie es nicht mehr und sehen Sie, was zu tun ist.',
    stopMany: '{n} Produkte, die Sie gekauft haben, werden zurückgerufen. Benutzen Sie sie nicht mehr und sehen Sie, was zu tun ist.',
    checkOne: 'Prüfen Sie ein Produkt, das Sie gekauft haben: Ein Teil davon wird zurückgerufen. Benutzen Sie es nicht, bis Sie es wissen.',
    checkMany:
      'Prüfen Sie {n} Produkte, die Sie gekauft haben: Ein Teil davon wird zurückgerufen. Benutzen Sie sie nicht, bis Sie es wissen.',
    see: 'Was zu tun ist',
    all: 'Alle Ihre Rückrufe und Sicherheitshinweise',
    less: 'Weniger zeigen',
    more: 'Mehr zeigen',
  },
  es: {
    label: 'Alerta de seguridad de productos',
    stopOne: 'Un producto que compró ha sido retirado. Deje de usarlo y vea qué hacer.',
    stopMany: '{n} productos que compró han sido retirados. Deje de usarlos y vea qué hacer.',
    checkOne: 'Compruebe un producto que compró: algunas unidades han sido retiradas. No lo use hasta saberlo.',
    checkMany: 'Compruebe {n} productos que compró: algunas unidades han sido retiradas. No los use hasta saberlo.',
    see: 'Vea qué hacer',
    all: 'Vea todas sus retiradas y alertas de seguridad',
    less: 'Mostrar menos',
    more: 'Mostrar más',
  },
  it: {
    label: 'Avviso di sicurezza sui prodotti',
    stopOne: 'Un prodotto che ha acquistato è stato richiamato. Smetta di usarlo e veda che cosa fare.',
    stopMany: '{n} prodotti che ha acquistato sono stati richiamati. Smetta di usarli e veda che cosa fare.',
    checkOne: 'Controlli un prodotto che ha acquistato: alcuni esemplari sono stati richiamati. Non lo usi finché non lo sa.',
    checkMany: 'Controlli {n} prodotti che ha acquistato: alcuni esemplari sono stati richiamati. Non li usi finché non lo sa.',
    see: 'Che cosa fare',
    all: 'Tutti i Suoi richiami e avvisi di sicurezza',
    less: 'Mostra meno',
    more: 'Mostra di più',
  },
  nl: {
    label: 'Veiligheidswaarschuwing',
    stopOne: 'Een product dat u kocht, wordt teruggeroepen. Gebruik het niet meer en kijk wat u moet doen.',
    stopMany: '{n} producten die u kocht, worden teruggeroepen. Gebruik ze niet meer en kijk wat u moet doen.',
    checkOne: 'Controleer een product dat u kocht: een deel ervan wordt teruggeroepen. Gebruik het niet tot u het weet.',
    checkMany: 'Controleer {n} producten die u kocht: een deel ervan wordt teruggeroepen. Gebruik ze niet tot u het weet.',
    see: 'Wat u moet doen',
    all: 'Al uw terugroepacties en veiligheidswaarschuwingen',
    less: 'Minder tonen',
    more: 'Meer tonen',
  },
  pl: {
    label: 'Ostrzeżenie o bezpieczeństwie produktu',
    stopOne: 'Kupiony przez Ciebie produkt jest wycofywany. Przestań go używać i sprawdź, co zrobić.',
    stopMany: 'Wycofywane są kupione przez Ciebie produkty ({n}). Przestań ich używać i sprawdź, co zrobić.',
    checkOne: 'Sprawdź kupiony przez Ciebie produkt: część egzemplarzy jest wycofywana. Nie używaj go, dopóki nie wiesz.',
    checkMany: 'Sprawdź kupione przez Ciebie produkty ({n}): część egzemplarzy jest wycofywana. Nie używaj ich, dopóki nie wiesz.',
    see: 'Zobacz, co zrobić',
    all: 'Wszystkie Twoje wycofania i ostrzeżenia',
    less: 'Pokaż mniej',
    more: 'Pokaż więcej',
  },
  pt: {
    label: 'Alerta de segurança de produtos',
    stopOne: 'Um produto que comprou foi recolhido. Deixe de o usar e veja o que fazer.',
    stopMany: '{n} produtos que comprou foram recolhidos. Deixe de os usar e veja o que fazer.',
    checkOne: 'Verifique um produto que comprou: algumas unidades foram recolhidas. Não o use até saber.',
    checkMany: 'Verifique {n} produtos que comprou: algumas unidades foram recolhidas. Não os use até saber.',
    see: 'Veja o que fazer',
    all: 'Veja todas as suas recolhas e alertas de segurança',
    less: 'Mostrar menos',
    more: 'Mostrar mais',
  },
  sv: {
    label: 'Säkerhetsvarning om produkter',
    stopOne: 'En produkt som du har köpt återkallas. Sluta använda den och se vad du ska göra.',
    stopMany: '{n} produkter som du har köpt återkallas. Sluta använda dem och se vad du ska göra.',
    checkOne: 'Kontrollera en produkt som du har köpt: en del exemplar återkallas. Använd den inte förrän du vet.',
    checkMany: 'Kontrollera {n} produkter som du har köpt: en del exemplar återkallas. Använd dem inte förrän du vet.',
    see: 'Se vad du ska göra',
    all: 'Alla dina återkallelser och säkerhetsvarningar',
    less: 'Visa mindre',
    more: 'Visa mer',
  },
  zh: {
    label: '产品安全提醒',
    stopOne: '您购买的一件产品已被召回。请立即停止使用，并查看该怎么做。',
    stopMany: '您购买的 {n} 件产品已被召回。请立即停止使用，并查看该怎么做。',
    checkOne: '请检查您购买的一件产品：其中一部分已被召回。查明之前请勿使用。',
    checkMany: '请检查您购买的 {n} 件产品：其中一部分已被召回。查明之前请勿使用。',
    see: '查看该怎么做',
    all: '查看您的全部召回和产品安全提醒',
    less: '收起',
    more: '展开',
  },
}

/** The first language of a BCP 47 tag or an `Accept-Language` list that the banner speaks; English where it speaks none of them. */
export function bannerLanguage(...asked: (string | undefined)[]): Language {
  for (const tags of asked) {
    for (const tag of (tags ?? '').split(',')) {
      const primary = tag.trim().split(/[-_;]/)[0]!.toLowerCase()
      if (isLanguage(primary)) return primary
    }
  }
  return 'en'
}

/** The one sentence of the banner. What is surely recalled is said first, alone: what must be checked stands on its own page. */
export function bannerText(words: BannerWords, open: { affected: number; possibly: number }): string {
  const { affected, possibly } = open
  const [said, n] =
    affected > 0
      ? [affected === 1 ? words.stopOne : words.stopMany, affected]
      : [possibly === 1 ? words.checkOne : words.checkMany, possibly]
  return said.replace('{n}', String(n))
}
