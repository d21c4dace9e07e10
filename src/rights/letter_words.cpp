#include "rights/letter_words.h"

#include <algorithm>
#include <array>

namespace comity::rights {
namespace {

constexpr std::array<std::string_view, 6> languages { "en", "bg", "es", "ro", "sr", "sq" };

struct Word {
    std::string_view key;
    std::array<std::string_view, 6> in;
};

constexpr std::array words {
    Word { "title",
        { "Answer to your request on personal data", "Отговор на Вашето искане за лични данни",
            "Respuesta a su solicitud sobre datos personales",
            "Răspuns la cererea dumneavoastră privind datele personale",
            "Одговор на Ваш захтев о подацима о личности",
            "Përgjigje për kërkesën tuaj mbi të dhënat personale" } },
    Word { "number", { "Number", "Номер", "Número", "Număr", "Број", "Numri" } },
    Word { "to", { "To", "До", "Para", "Către", "Прима", "Për" } },
    Word { "received",
        { "Your letter was received on", "Писмото Ви е получено на", "Su carta se recibió el",
            "Scrisoarea dumneavoastră a fost primită la", "Ваше писмо је примљено",
            "Letra juaj u mor më" } },
    Word { "asked",
        { "You asked for", "Вие поискахте", "Usted pidió", "Ați cerut", "Тражили сте",
            "Ju kërkuat" } },
    Word { "information",
        { "information on your data", "сведения за Вашите данни", "información sobre sus datos",
            "informații despre datele dumneavoastră", "обавештење о Вашим подацима",
            "njoftim për të dhënat tuaja" } },
    Word { "correction",
        { "correction", "поправяне", "rectificación", "corectare", "исправку", "korrigjim" } },
    Word { "destruction",
        { "destruction", "унищожаване", "destrucción", "distrugere", "уништење", "asgjësim" } },
    Word { "basis",
        { "This answer rests on Article 31(4)(g) of the Police Cooperation Convention for "
          "Southeast Europe and on the national law.",
            "Отговорът се основава на чл. 31, ал. 4, буква g от Конвенцията за полицейско "
            "сътрудничество в Югоизточна Европа и на националното право.",
            "Esta respuesta se basa en el artículo 31(4)(g) del Convenio de Cooperación Policial "
            "para Europa Sudoriental y en el Derecho nacional.",
            "Acest răspuns se întemeiază pe articolul 31(4)(g) din Convenția de cooperare "
            "polițienească pentru Europa de Sud-Est și pe dreptul național.",
            "Одговор се заснива на члану 31(4)(g) Конвенције о полицијској сарадњи у југоисточној "
            "Европи и на националном праву.",
            "Kjo përgjigje mbështetet në nenin 31(4)(g) të Konventës për Bashkëpunimin Policor në "
            "Evropën Juglindore dhe në të drejtën kombëtare." } },
    Word { "nothing",
        { "Nothing that may be told to you is held under this Convention.",
            "По тази конвенция не се държи нищо, което може да Ви бъде съобщено.",
            "En virtud de este Convenio no se tiene nada que pueda comunicársele.",
            "În temeiul acestei convenții nu se deține nimic ce vă poate fi comunicat.",
            "По овој конвенцији не чува се ништа што Вам се може саопштити.",
            "Sipas kësaj konvente nuk mbahet asgjë që mund t’ju njoftohet." } },
    Word { "held",
        { "What is held", "Какво се държи", "Lo que se tiene", "Ce se deține", "Шта се чува",
            "Çfarë mbahet" } },
    Word { "record", { "Record", "Запис", "Registro", "Înregistrare", "Запис", "Regjistrim" } },
    Word { "came-from",
        { "Received from", "Получено от", "Recibido de", "Primit de la", "Примљено од",
            "Marrë nga" } },
    Word { "went-to",
        { "Sent to", "Изпратено на", "Enviado a", "Trimis către", "Послато", "Dërguar te" } },
    Word { "on", { "On (UTC)", "На (UTC)", "El (UTC)", "La (UTC)", "Дана (UTC)", "Më (UTC)" } },
    Word { "purpose", { "Purpose", "Цел", "Finalidad", "Scop", "Сврха", "Qëllimi" } },
    Word { "legal-basis",
        { "Legal basis", "Правно основание", "Base jurídica", "Temei juridic", "Правни основ",
            "Baza ligjore" } },
    Word { "erase-by",
        { "To be destroyed by", "Да се унищожи до", "Se destruirá antes del", "De distrus până la",
            "Уништава се до", "Do të asgjësohet deri më" } },
    Word { "decision", { "Decision", "Решение", "Decisión", "Decizie", "Одлука", "Vendimi" } },
    Word { "full",
        { "You are told all of it.", "Съобщава Ви се изцяло.", "Se le comunica por completo.",
            "Vi se comunică în întregime.", "Саопштава Вам се у целини.",
            "Ju njoftohet i tëri." } },
    Word { "partial",
        { "You are told part of it.", "Съобщава Ви се отчасти.", "Se le comunica en parte.",
            "Vi se comunică în parte.", "Саопштава Вам се делимично.",
            "Ju njoftohet pjesërisht." } },
    Word { "refused",
        { "You are not told, under an exception of the national law.",
            "Не Ви се съобщава поради изключение в националното право.",
            "No se le comunica, por una excepción del Derecho nacional.",
            "Nu vi se comunică, în temeiul unei excepții din dreptul național.",
            "Не саопштава Вам се, по изузетку из националног права.",
            "Nuk ju njoftohet, sipas një përjashtimi të së drejtës kombëtare." } },
    Word { "corrected",
        { "It is corrected, and every receiver is told to correct it.",
            "Поправя се и на всеки получател се съобщава да го поправи.",
            "Se rectifica y se comunica a todos los destinatarios que lo rectifiquen.",
            "Se corectează și fiecare destinatar este înștiințat să corecteze.",
            "Исправља се и сваком примаоцу се јавља да исправи.",
            "Korrigjohet dhe çdo marrës njoftohet ta korrigjojë." } },
    Word { "corrected-by-sender",
        { "It is wrong: the State that sent it was told to correct it at every receiver.",
            "Невярно е: на държавата, която го изпрати, е съобщено да го поправи при всеки "
            "получател.",
            "Es erróneo: se comunicó al Estado que lo envió que lo rectifique ante todos los "
            "destinatarios.",
            "Este greșit: statul care l-a trimis a fost înștiințat să îl corecteze la fiecare "
            "destinatar.",
            "Нетачно је: држави која га је послала јављено је да га исправи код сваког примаоца.",
            "Është i gabuar: shteti që e dërgoi u njoftua ta korrigjojë te çdo marrës." } },
    Word { "destroyed",
        { "It is destroyed, and every receiver is told to destroy it.",
            "Унищожава се и на всеки получател се съобщава да го унищожи.",
            "Se destruye y se comunica a todos los destinatarios que lo destruyan.",
            "Se distruge și fiecare destinatar este înștiințat să distrugă.",
            "Уништава се и сваком примаоцу се јавља да уништи.",
            "Asgjësohet dhe çdo marrës njoftohet ta asgjësojë." } },
    Word { "ground", { "Ground", "Основание", "Motivo", "Motiv", "Разлог", "Arsyeja" } },
    Word { "told",
        { "What it says", "Какво гласи", "Lo que dice", "Ce spune", "Шта пише", "Çfarë thotë" } },
    Word { "remedy",
        { "If you do not agree", "Ако не сте съгласни", "Si no está de acuerdo",
            "Dacă nu sunteți de acord", "Ако се не слажете", "Nëse nuk pajtoheni" } },
    Word { "remedy-text",
        { "If you hold that your rights were violated you may turn to this independent court or "
          "body, and claim compensation (Article 31(4)(h)):",
            "Ако смятате, че правата Ви са нарушени, можете да се обърнете към този независим съд "
            "или орган и да искате обезщетение (чл. 31, ал. 4, буква h):",
            "Si considera que se violaron sus derechos, puede acudir a este tribunal u órgano "
            "independiente y pedir indemnización (artículo 31(4)(h)):",
            "Dacă socotiți că drepturile v-au fost încălcate, vă puteți adresa acestei instanțe "
            "sau autorități independente și puteți cere despăgubiri (articolul 31(4)(h)):",
            "Ако сматрате да су Ваша права повређена, можете се обратити овом независном суду или "
            "телу и тражити накнаду штете (члан 31(4)(h)):",
            "Nëse mendoni se të drejtat tuaja u shkelën, mund t’i drejtoheni kësaj gjykate ose "
            "këtij organi të pavarur dhe të kërkoni dëmshpërblim (neni 31(4)(h)):" } },
    Word { "remedy-unknown",
        { "If you hold that your rights were violated you may turn to an independent court or "
          "body, and claim compensation (Article 31(4)(h)). This office will tell you which.",
            "Ако смятате, че правата Ви са нарушени, можете да се обърнете към независим съд или "
            "орган и да искате обезщетение (чл. 31, ал. 4, буква h). Службата ще Ви съобщи към "
            "кой.",
            "Si considera que se violaron sus derechos, puede acudir a un tribunal u órgano "
            "independiente y pedir indemnización (artículo 31(4)(h)). Esta oficina le dirá a cuál.",
            "Dacă socotiți că drepturile v-au fost încălcate, vă puteți adresa unei instanțe sau "
            "autorități independente și puteți cere despăgubiri (articolul 31(4)(h)). Acest birou "
            "vă va spune căreia.",
            "Ако сматрате да су Ваша права повређена, можете се обратити независном суду или телу "
            "и тражити накнаду штете (члан 31(4)(h)). Ова служба ће Вам јавити којем.",
            "Nëse mendoni se të drejtat tuaja u shkelën, mund t’i drejtoheni një gjykate ose "
            "organi të pavarur dhe të kërkoni dëmshpërblim (neni 31(4)(h)). Kjo zyrë do t’ju thotë "
            "cilit." } },
    Word { "yes", { "yes", "да", "sí", "da", "да", "po" } },
    Word { "no", { "no", "не", "no", "nu", "не", "jo" } },
    Word { "request", { "Request", "Молба", "Solicitud", "Cerere", "Захтев", "Kërkesë" } },
    Word { "answer", { "Answer", "Отговор", "Respuesta", "Răspuns", "Одговор", "Përgjigje" } },
    Word { "refusal", { "Refusal", "Отказ", "Denegación", "Refuz", "Одбијање", "Refuzim" } },
    Word { "spontaneous-information",
        { "Information without a request", "Информация без молба", "Información sin solicitud",
            "Informație fără cerere", "Обавештење без захтева", "Informacion pa kërkesë" } },
    Word { "threat-to-public-security",
        { "threat to public security", "заплаха за обществената сигурност",
            "amenaza para la seguridad pública", "amenințare la adresa siguranței publice",
            "претња јавној безбедности", "kërcënim për sigurinë publike" } },
    Word { "prevention",
        { "prevention of crime", "предотвратяване на престъпления", "prevención del delito",
            "prevenirea infracțiunilor", "спречавање кривичних дела", "parandalimi i krimit" } },
    Word { "detection",
        { "detection of crime", "разкриване на престъпления", "detección del delito",
            "descoperirea infracțiunilor", "откривање кривичних дела", "zbulimi i krimit" } },
    Word { "investigation",
        { "investigation of crime", "разследване на престъпления", "investigación del delito",
            "cercetarea infracțiunilor", "истраживање кривичних дела", "hetimi i krimit" } },
};

} // namespace

bool writes_letters_in(std::string_view language)
{
    return std::ranges::find(languages, language) != languages.end();
}

std::string_view letter_word(std::string_view language, std::string_view key)
{
    auto const* found = std::ranges::find(words, key, &Word::key);
    if (found == words.end()) return key;
    auto const* at = std::ranges::find(languages, language);
    return found->in.at(
        at == languages.end() ? 0 : static_cast<std::size_t>(at - languages.begin()));
}

} // namespace comity::rights
