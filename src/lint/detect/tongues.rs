//! What the quick way of detection goes by: for each language the letters that it has beside
//! those of ASCII, and words that nobody writes a paragraph without. Languages that lexicons are
//! likely to be for have more words; those that might be taken for one of them are here so that
//! what they share counts for neither. No word list is complete, and none has to be: whatever is
//! not beyond doubt is asked of `whatlang`.

/// A language and how it is known.
#[derive(Debug)]
pub(super) struct Tongue {
    /// The two letters of BCP 47.
    pub(super) tag: &'static str,
    /// Its letters beside a to z; all letters of one that is written in Cyrillic.
    pub(super) letters: &'static str,
    /// Its words, in small letters.
    pub(super) words: &'static str,
}

/// How many languages are told apart; at most 32, a bit each.
pub(super) const COUNT: usize = 30;

/// All of them. The order means nothing.
pub(super) const TONGUES: [Tongue; COUNT] = [
    Tongue {
        tag: "en",
        letters: "",
        words: "the of and to a in is you your yours that it its for on with as are this be have has had i we our \
                us not or by from at can could will would should may might must if when what which who how why \
                where there here an all any do does did done don doesn didn isn wasn won re ve ll was were been \
                but so no yes my me he she they them their his her please thank thanks hello hi dear sorry \
                welcome about after before again also always just only more most other some such than then these \
                those up out into over under once until while because since need want help let know see get got \
                make made take use used using time day days today one two first new next now like look ask \
                account order password email address service support team customer question issue information \
                check right good great best regards sincerely feel free back very much every each both many too \
                able available contact click send sent receive received find change update able sure still work \
                working well provide happy glad order believe people off through between during without within \
                am im ok okay same last own",
    },
    Tongue {
        tag: "es",
        letters: "áéíóúüñ",
        words: "el la los las un una unos unas de del al a y e o u que en es son era ser fue está están estar \
                estaba esto este esta estos estas ese esa eso por para con sin sobre entre desde hasta hacia no \
                sí si se su sus mi mis tu tus nos nuestro nuestra nuestros nuestras le les lo me te ha han he \
                hemos has haber hay más menos muy también pero como cuando donde quien cual porque qué cómo \
                cuándo dónde ya todo toda todos todas otro otra otros cada puede pueden puedo podemos podrá \
                podría tiene tienen tengo tenemos tener debe deben hacer hace hecho usted ustedes gracias hola \
                estimado estimada favor saludos cordiales buenos buenas días día tarde ahora hoy aquí así \
                después antes mientras durante según solo sólo aunque algún alguna algunos nada nadie siempre \
                nunca sea sean será si usar pedido cuenta correo cliente ayuda ayudar información pregunta \
                contraseña envío enviar recibir número fecha año semana mismo misma vez bien mejor gran nuevo \
                nueva primero persona personas sistema archivo nombre valor función",
    },
    Tongue {
        tag: "pt",
        letters: "áàâãçéêíóôõúü",
        words: "o a os as um uma uns umas de do da dos das em no na nos nas ao à aos às e ou que não sim se seu \
                sua seus suas meu minha nosso nossa com sem por para pelo pela pelos pelas é são foi ser está \
                estão estar isto isso este esta esse essa ele ela eles elas eu nós você vocês mais menos muito \
                também mas como quando onde quem qual porque já todo toda todos todas outro outra pode podem \
                posso tem têm tenho temos ter deve fazer obrigado obrigada olá bom boa dia tarde agora hoje aqui \
                assim depois antes durante até sobre entre desde só mesmo bem melhor conta senha pedido me te \
                lhe há foram era nem cada ainda seja favor nao sao voce voces ja ate tambem entao",
    },
    Tongue {
        tag: "gl",
        letters: "áéíóúüñï",
        words: "o a os as un unha uns unhas de do da dos das en no na nos nas ao á aos ás e ou que non si se seu \
                súa seus súas meu miña noso nosa con sen por para polo pola polos polas é son foi ser está están \
                isto iso este esta ese esa el ela eles elas eu nós vostede máis menos moi tamén pero como cando \
                onde quen cal porque xa todo toda todos todas outro outra pode poden podo ten teñen temos facer \
                grazas ola bo boa día agora hoxe aquí así despois antes durante ata sobre entre desde só mesmo \
                ben mellor me te lle hai foron era cada lles nin",
    },
    Tongue {
        tag: "ca",
        letters: "àéèíïóòúüç",
        words: "el la els les un una uns unes de del dels al als a i o que en és són era ser fou està estan això \
                aquest aquesta aquests aquestes per amb sense sobre entre des fins no sí si es seu seva seus \
                seves meu meva nostre nostra li hi ho ha han he hem hi més menys molt també però com quan on qui \
                quin perquè ja tot tota tots totes altre altra cada pot poden puc podem té tenen tenim fer fa \
                vostè gràcies hola bon bona dia ara avui aquí així després abans durant només mateix bé millor \
                me em et ens us va vam van",
    },
    Tongue {
        tag: "it",
        letters: "àèéìíòóùú",
        words: "il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da \
                dal dalla dai in nel nella nei con su sul sulla per tra fra e ed o che non sì si se suo sua suoi \
                sue mio mia nostro nostra è sono era essere stato stata questo questa questi queste quello \
                quella ha hanno ho abbiamo avere più meno molto anche ma come quando dove chi quale perché già \
                tutto tutta tutti tutte altro altra altri ogni può possono posso deve fare fatto grazie ciao \
                buongiorno ora oggi qui così dopo prima durante solo stesso bene meglio ci vi mi ti ne lei loro \
                noi voi dell all nell sia suoi cordiali saluti gentile",
    },
    Tongue {
        tag: "fr",
        letters: "àâæçéèêëîïôœùûüÿ",
        words: "le la les un une des de du au aux à a et ou que qui ne pas se ce cette ces cet est \
                sont était être été en dans par pour avec sans sur sous entre vers chez son sa ses mon ma mes \
                notre nos votre vos leur leurs il elle ils elles je nous vous on me te y plus moins très \
                aussi mais comme quand où dont si tout toute tous toutes autre autres chaque peut peuvent pouvez \
                pouvons avez avons ont ai fait faire merci bonjour cordialement cher chère jour maintenant \
                aujourd hui ici après avant pendant depuis même bien mieux cela ça doit or ni car donc oui non \
                client commande compte veuillez etre meme tres apres deja",
    },
    Tongue {
        tag: "ro",
        letters: "ăâîșțşţ",
        words: "și şi de la în în cu pe din un o unei unui care nu să sa se este sunt era fi fost a au ai am \
                pentru prin fără despre între după până mai foarte dar ca că cum când unde cine ce dacă doar tot \
                toate toți alt altă fiecare poate pot puteți putem are aveți avem dumneavoastră vă ne îmi îți \
                mulțumim mulțumesc bună ziua acum astăzi aici astfel acest această aceste acestea lui lor ei el \
                ea noi voi le îi vom va te rog cont comanda prea sau",
    },
    Tongue {
        tag: "la",
        letters: "",
        words: "et in est non ad ut cum sed ex si qui quae quod per ab ac atque aut de enim esse etiam hoc id \
                ille ipse iam me mihi nec neque nunc omnia pro quam quid quo se sibi sic sine sit sunt te tibi \
                tu vel fuit erat eius quoque autem",
    },
    Tongue {
        tag: "nl",
        letters: "áéëèïíóöúü",
        words: "de het een en of van in is op te dat die dit deze met voor aan er om ook als bij door over uit \
                naar tot niet geen wel maar want dan nog al zijn was waren wordt worden werd heeft hebben had \
                heb kan kunnen kunt zal zullen wil willen moet moeten mag u uw je jouw jij ik wij we ons onze \
                hij zij ze hun hem haar mijn wat wie waar wanneer hoe waarom hier daar nu vandaag al alle veel \
                meer zo zoals onder tussen zonder tijdens na voordat bedankt dank hallo beste geachte graag met \
                vriendelijke groet goede dag rekening bestelling klant me so men omdat",
    },
    Tongue {
        tag: "af",
        letters: "áêëèéîïôöûü",
        words: "die en of van in is op te dat hierdie daardie met vir aan om ook as by deur oor uit na tot nie \
                geen wel maar want dan nog al was word het had kan sal wil moet mag u jou jy ek ons hy sy hulle \
                hom haar my wat wie waar wanneer hoe hoekom hier daar nou vandag alle baie meer so soos onder \
                tussen sonder dankie hallo beste asseblief goeie dag rekening bestelling kliënt gaan kom hê wees",
    },
    Tongue {
        tag: "de",
        letters: "äöüß",
        words: "der die das den dem des ein eine einen einem einer eines und oder in im ist sind war waren sein \
                zu zum zur auf aus an am von vom mit für bei nach über unter vor durch um bis ohne gegen zwischen \
                nicht kein keine keinen aber auch als wie wenn dass weil ob so noch nur schon sehr mehr wird \
                werden wurde wurden hat haben hatte habe kann können konnte soll sollte sollten muss müssen darf \
                will wollen sie ihr ihre ihren ihrem ihrer ihnen wir uns unser unsere ich mich mir mein meine er \
                es sich man was wer wo wann warum hier da dort jetzt heute dann alle alles diese dieser dieses \
                diesem danke dank hallo guten tag bitte gern freundlichen grüßen konto bestellung kunde all \
                also so",
    },
    Tongue {
        tag: "da",
        letters: "æøåé",
        words: "og i at er en et den det de der som på for til af med om ikke har have havde kan kunne skal \
                skulle vil ville må være var blev bliver blive du dig din dit dine de dem deres jeg mig min mit \
                mine vi os vores han hun hans hendes sig men eller hvis når hvad hvem hvor hvordan hvorfor her \
                der nu dag alle meget mere så også efter før under over ved fra mellem uden kun skal tak hej \
                kære venlig hilsen god to by an man no konto ordre kunde blot andre igen ingen in",
    },
    Tongue {
        tag: "nb",
        letters: "æøåéòôó",
        words: "og i at er en et ei den det de der som på for til av med om ikke har ha hadde kan kunne skal \
                skulle vil ville må være var ble blir bli du deg din ditt dine dere dem deres jeg meg min mitt \
                mine vi oss vår vårt våre han hun hans hennes seg men eller hvis når hva hvem hvor hvordan \
                hvorfor her nå dag alle mye mer så også etter før under over ved fra mellom uten bare takk hei \
                kjære vennlig hilsen god to by man konto ordre kunde andre igjen ingen noe noen",
    },
    Tongue {
        tag: "sv",
        letters: "åäöé",
        words: "och i att är en ett den det de som på för till av med om inte har ha hade kan kunde ska skall \
                skulle vill ville måste vara var blev blir bli du dig din ditt dina ni er ert era dem deras jag \
                mig min mitt mina vi oss vår vårt våra han hon hans hennes sig men eller när vad vem var hur \
                varför här där nu dag alla mycket mer så också efter före under över vid från mellan utan bara \
                tack hej hälsningar vänliga god to man konto order kund andra igen ingen in an no",
    },
    Tongue {
        tag: "fi",
        letters: "äöå",
        words: "ja on ei että se ne hän he me te minä sinä oli ovat ole olla olen olet olemme tämä tämän nämä \
                joka jotka mutta tai kun jos niin kuin myös vain vielä nyt tänään mitä kuka missä miten miksi \
                kaikki hyvin kanssa ennen jälkeen ilman kiitos hei hyvää päivää voit voi voidaan teidän meidän \
                sinun minun tilin tilaus asiakas in an to a no",
    },
    Tongue {
        tag: "et",
        letters: "äöüõšž",
        words: "ja on ei et see need ta nad me te mina sina oli olid ole olla olen oled oleme mis kes aga või kui \
                siis nii nagu ka ainult veel nüüd täna kus kuidas miks kõik väga koos enne pärast ilma aitäh tere \
                palun saab saate teie meie sinu minu konto tellimus klient ma sa seda selle oma as ning",
    },
    Tongue {
        tag: "hu",
        letters: "áéíóöőúüű",
        words: "a az és nem egy hogy is van vagy ha de ez ezt azt meg csak már még mint itt ott volt vannak lesz \
                lehet kell kérjük kérem köszönjük köszönöm üdvözlettel tisztelt önt ön önnek mi mit ki hol mikor \
                hogyan miért minden nagyon több után előtt nélkül most ma be el fel le ki az ő én te ők me so \
                fiók rendelés",
    },
    Tongue {
        tag: "tr",
        letters: "çğıöşüâîû",
        words: "ve bir bu da de için ile olarak çok daha en gibi kadar sonra önce ama veya eğer ne kim nerede \
                nasıl neden her tüm var yok değil olan oldu olduğu olacak siz sizin size biz bizim ben benim sen \
                o onun lütfen teşekkürler teşekkür ederiz merhaba sayın iyi günler gün şimdi bugün hesap sipariş \
                müşteri mi mı ki ya an on at",
    },
    Tongue {
        tag: "pl",
        letters: "ąćęłńóśźż",
        words: "i w na z do nie się że to jest są był była było być o od po za dla przez przed przy bez pod nad \
                oraz lub albo ale a jak jako kiedy gdzie kto co czy jeśli już tylko także też jeszcze bardzo \
                więcej wszystko wszystkie ten ta te tego tej tym tych pan pani państwa państwo nasz nasza nasze \
                mój moja my wy on ona oni ja mnie mi ma mają można może mogą proszę dziękujemy dziękuję witam \
                dzień dobry pozdrawiam teraz dziś tu tak konto zamówienie by we ze ich jego jej",
    },
    Tongue {
        tag: "cs",
        letters: "áčďéěíňóřšťúůýž",
        words: "a i v na z do ne se že to je jsou byl byla bylo být o od po za pro přes před při bez pod nad \
                nebo ale jak jako když kde kdo co zda pokud už jen také ještě velmi více všechno všechny ten ta \
                tato tento toto tyto vás vám váš vaše vaši nás nám náš naše můj moje my vy on ona já mě mi má \
                mají může můžete můžeme mohou prosím děkujeme děkuji dobrý den pozdravem nyní dnes tady tak \
                účet objednávka by ve ze jsme jste k s u",
    },
    Tongue {
        tag: "sk",
        letters: "áäčďéíĺľňóôŕšťúýž",
        words: "a i v na z do nie sa že to je sú bol bola bolo byť o od po za pre cez pred pri bez pod nad alebo \
                ale ako keď kde kto čo či ak už len aj tiež ešte veľmi viac všetko všetky ten tá tento táto toto \
                tieto vás vám váš vaša vaše nás nám náš naše môj moje my vy on ona ja mi má majú môže môžete \
                môžeme môžu prosím ďakujeme ďakujem dobrý deň pozdravom teraz dnes tu tak účet objednávka by vo \
                zo sme ste k s u",
    },
    Tongue {
        tag: "sl",
        letters: "čšžćđ",
        words: "in v na z s do ne se da to je so bil bila bilo biti o od po za pri pred brez pod nad ali pa kot \
                ko kje kdo kaj če že le tudi še zelo več vse vsi ta te tega vas vam vaš vaša vaše nas nam naš naše \
                moj moja mi vi on ona jaz me ima imajo lahko prosimo prosim hvala pozdravljeni lep pozdrav dan \
                zdaj danes tukaj tako račun naročilo bi k sem smo ste ki",
    },
    Tongue {
        tag: "hr",
        letters: "čćđšž",
        words: "i u na s sa do ne se da to je su bio bila bilo biti o od po za pri prije bez pod nad ili ali a \
                kao kada kad gdje tko što li ako već samo također još vrlo više sve svi taj ta te ovaj ova ovo vas \
                vam vaš vaša vaše nas nam naš naše moj moja mi vi on ona ja me ima imaju može možete možemo mogu \
                molimo hvala poštovani dobar dan pozdrav sada danas ovdje tako račun narudžba bi k sam smo ste \
                koji koja koje iz kako",
    },
    Tongue {
        tag: "ru",
        letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        words: "и в во не на я с со что это этот эта эти этого этом как по но а к ко у же вы мы ты он она они \
                оно его её ее их вас вам вами нас нам ваш ваша ваше ваши вашего вашей наш наша наши за бы из от \
                до для или если то так только уже ещё еще все всё всех был была было были быть будет будут есть \
                нет да о об про при без под над через перед после когда где кто какой какая чтобы потому \
                поэтому также тоже очень можно нужно надо можете может могут сейчас сегодня здесь там тут \
                который которая которые которых которого спасибо здравствуйте добрый день уважением пожалуйста \
                извините просим сожалению возможно необходимо меня мне мой себя свой своей свои чем этой этих \
                заказ письмо аккаунт видео канал вопрос обращение пользователь пользователи более раз года \
                время день данный данные файл системы значение функция функции если имя такой такая такие такое любой другой другие должен должна должны нажмите \
                выберите укажите рекомендуем возможность возможности вопросы будьте всего ли ни",
    },
    Tongue {
        tag: "uk",
        letters: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        words: "і й в у на не що це цей ця ці цього цьому як по але а до з із зі та він вона вони воно його її їх \
                вас вам вами нас нам ваш ваша ваше ваші вашого вашої наш наша наші за б би від для або якщо то \
                так тільки лише вже ще все всі всіх був була було були бути буде будуть є немає ні да про при \
                без під над через перед після коли де хто який яка які яких якого чому щоб тому також теж дуже \
                можна потрібно треба можете може можуть зараз сьогодні тут там дякуємо дякую вітаємо добрий \
                день будь ласка вибачте просимо жаль можливо необхідно мене мені мій ми ви ти я себе свій своєї \
                свої ніж цієї цих замовлення лист обліковий питання запит більше раз року час дані файл файлу \
                системи значення функція функції імені назва слід повагою у",
    },
    Tongue {
        tag: "be",
        letters: "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        words: "і ў у на не што гэта гэты гэтая гэтыя як па але а да з са та ён яна яны яно яго яе іх вас вам нас \
                нам ваш ваша ваша вашы наш наша нашы за б бы ад для або калі то так толькі ўжо яшчэ усё ўсе быў \
                была было былі быць будзе будуць ёсць няма не пра пры без пад над праз перад пасля дзе хто які \
                якая якія чаму каб таму таксама вельмі можна трэба можаце можа могуць зараз сёння тут там \
                дзякуй вітаем добры дзень ласка прабачце мяне мне мой мы вы я сябе свой больш раз час",
    },
    Tongue {
        tag: "bg",
        letters: "абвгдежзийклмнопрстуфхцчшщъьюя",
        words: "и в във на не да се с със за от до по че е са беше ще бъде как но а или ако то така само вече още \
                всички всичко този тази това тези той тя те ние вие аз ви ни ми си му ги го я ме вас нас ваш \
                вашия вашата вашите наш нашия нашата при без под над през пред след когато къде кой коя кое кои \
                какво защо за да също много може можете могат имате има няма сега днес тук там благодаря \
                благодарим здравейте добър ден моля поздрави поръчка акаунт като което които който която",
    },
    Tongue {
        tag: "mk",
        letters: "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
        words: "и во на не да се со за од до по дека е се беше ќе биде како но а или ако тоа така само веќе уште \
                сите сѐ овој оваа ова овие тој таа тие ние вие јас ви ни ми си му ги го ја ме вас нас ваш вашата \
                вашиот вашите наш нашата при без под над преку пред после кога каде кој која кое кои што зошто \
                исто многу може можете можат имате има нема сега денес тука таму благодарам ви благодариме \
                здраво добар ден ве молиме поздрав нарачка сметка",
    },
    Tongue {
        tag: "sr",
        letters: "абвгдђежзијклљмнњопрстћуфхцчџш",
        words: "и у на не да се са с за од до по је су био била било бити како али а или ако то тако само већ још \
                сви све свим овај ова ово ови тај та те он она они ми ви ја вам нам вас нас ваш ваша ваше ваши наш \
                наша наше при без под над преко пре после када кад где ко шта што зашто такође веома врло може \
                можете могу имате има нема сада данас овде тамо хвала поштовани добар дан молимо поздрав \
                поруџбина рачун који која које из ли",
    },
];
