/**
 * Names of one of product that stand for each other: in English, and as sellers write them in Spanish, French, German, Italian and
 * Dutch. General words only, and none that is an English word with another meaning. The first of a group is the one that is counted.
 */
const GROUPS = `
  notebook laptop netbook ultrabook chromebook
  bicycle bike bicicleta bicyclette velo fahrrad fiets
  refrigerator fridge frigorifico nevera refrigerateur kuhlschrank frigorifero koelkast
  television tv hdtv televisor televiseur fernseher televisione
  sofa couch
  crib cuna babybett kinderbett lettino ledikant
  stroller pram pushchair cochecito poussette kinderwagen passeggino
  battery bateria batterie akku batteria accu batterij
  charger cargador chargeur ladegerat caricabatteria caricatore oplader
  adapter adaptor adaptador adaptateur netzteil adattatore
  bank powerbank
  cup taza vaso tasse becher tazza beker gobelet
  bottle botella bouteille flasche bottiglia fles trinkflasche
  heater calefactor radiateur chauffage heizgerat heizlufter stufa kachel
  fan ventilador ventilateur ventilator ventilatore
  kettle hervidor bouilloire wasserkocher bollitore waterkoker
  toaster tostadora tostador toastgerat tostapane
  blender licuadora batidora mixeur standmixer frullatore
  dryer secador secadora seche haartrockner trockner fohn asciugacapelli
  dishwasher lavavajillas lavaplatos geschirrspuler spulmaschine lavastoviglie vaatwasser
  washer lavadora waschmaschine lavatrice wasmachine
  stove cocina cuisiniere kochherd fornello
  oven horno backofen forno
  chair silla stuhl sedia stoel hochstuhl
  bench banco sitzbank panca
  stool taburete tabouret hocker sgabello kruk
  bed cama bett letto
  mattress colchon matelas matratze materasso matras
  dresser comoda kommode cassettiera
  chest cajonera
  lamp lampara lampe leuchte lampada
  candle vela bougie kerze candela kaars
  ladder escalera echelle leiter
  helmet casque
  glove guante gant handschuh guanto
  scooter patinete trottinette tretroller monopattino
  swing columpio balancoire schaukel altalena schommel
  toy juguete jouet spielzeug giocattolo speelgoed
  doll muneca poupee puppe bambola
  plush peluche pluschtier kuscheltier
  game juego spiel gioco
  ball pelota ballon
  pajama pijama pyjama schlafanzug pigiama
  jacket chaqueta veste jacke giacca
  hoodie sudadera kapuzenpullover
  shirt camisa camiseta chemise hemd camicia
  pacifier chupete tetine sucette schnuller ciuccio fopspeen
  gate barrera barriere schutzgitter treppenschutzgitter cancelletto
  bassinet moise berceau stubenwagen culla
  saw sierra scie sage zaag
  drill taladro perceuse bohrmaschine bohrer trapano
  trimmer cortasetos
  mower cortacesped tondeuse rasenmaher tagliaerba grasmaaier
  generator generador generateur stromerzeuger generatore
  compressor compresor compresseur kompressor compressore
  cooker olla cocotte kochtopf pentola
  pan sarten poele bratpfanne padella
  knife cuchillo couteau messer coltello
  plate assiette piatto
  bowl cuenco bol schussel ciotola
  camera camara kamera fotocamera
  phone telefono telephone telefon smartphone movil
  printer impresora imprimante drucker stampante
  monitor bildschirm
  speaker altavoz parleur lautsprecher altoparlante luidspreker
  headphone auricular auriculares ecouteurs kopfhorer cuffia koptelefoon
  necklace collier halskette collana
  bracelet pulsera braccialetto
  earring pendiente ohrring orecchino
  backpack mochila rucksack zaino rugzak
  detergent detergente lessive waschmittel
  cream creme
  case funda coque hulle custodia hoesje
  lid tapa couvercle deckel coperchio
  straw pajita strohhalm
  filter filtro filtre
  cable kabel cavo
  child nino enfant bambino
  baby bebe
  electric electrico electrica electrique elektrisch elektrische elettrico
  portable portatil portatile tragbar tragbare
  steel acero acier edelstahl stahl acciaio
  wood madera bois holz legno
  glass vidrio verre glas vetro
`

/** The word that is counted for each of its other names. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  GROUPS.trim()
    .split('\n')
    .flatMap((line) => {
      const [first, ...others] = line.trim().split(/\s+/) as [string, ...string[]]
      return others.map((other) => [other, first] as const)
    }),
)
