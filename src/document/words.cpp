#include "document/words.h"

#include "document/word.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <span>

namespace comity::document {
namespace {

constexpr std::array<std::string_view, 6> languages { "en", "bg", "es", "ro", "sr", "sq" };

constexpr std::array words {
    Word { "request", { "Request", "Молба", "Solicitud", "Cerere", "Захтев", "Kërkesë" } },
    Word { "answer", { "Answer", "Отговор", "Respuesta", "Răspuns", "Одговор", "Përgjigje" } },
    Word { "file", { "Case file", "Преписка", "Expediente", "Dosar", "Предмет", "Dosje" } },
    Word { "refusal", { "Refusal", "Отказ", "Denegación", "Refuz", "Одбијање", "Refuzim" } },
    Word { "case",
        { "Case number", "Номер на преписката", "Número de caso", "Numărul dosarului",
            "Број предмета", "Numri i çështjes" } },
    Word { "peer-case",
        { "Their number", "Техен номер", "Su número", "Numărul lor", "Њихов број",
            "Numri i tyre" } },
    Word { "requesting",
        { "Requesting Party", "Молеща страна", "Parte requirente", "Partea solicitantă",
            "Страна молиља", "Pala kërkuese" } },
    Word { "requested",
        { "Requested Party", "Замолена страна", "Parte requerida", "Partea solicitată",
            "Замољена страна", "Pala e kërkuar" } },
    Word { "kind", { "Kind", "Вид", "Clase", "Fel", "Врста", "Lloji" } },
    Word { "purpose", { "Purpose", "Цел", "Finalidad", "Scop", "Сврха", "Qëllimi" } },
    Word { "state", { "State", "Състояние", "Estado", "Stare", "Стање", "Gjendja" } },
    Word { "opened", { "Opened", "Открита на", "Abierto", "Deschis", "Отворено", "Hapur" } },
    Word { "timeline",
        { "Timeline", "Хронология", "Cronología", "Cronologie", "Хронологија", "Kronologjia" } },
    Word { "at",
        { "Time (UTC)", "Време (UTC)", "Hora (UTC)", "Ora (UTC)", "Време (UTC)", "Koha (UTC)" } },
    Word { "what", { "What", "Какво", "Qué", "Ce", "Шта", "Çfarë" } },
    Word { "who", { "Who", "Кой", "Quién", "Cine", "Ко", "Kush" } },
    Word { "articles", { "Articles", "Членове", "Artículos", "Articole", "Чланови", "Nenet" } },
    Word { "contents",
        { "Said later", "Казано след това", "Dicho después", "Spus ulterior", "Речено касније",
            "Thënë më pas" } },
    Word { "erase-by",
        { "To be destroyed by", "Да се унищожи до", "Se destruirá antes del", "De distrus până la",
            "Уништити до", "Për t'u asgjësuar deri më" } },
    Word { "left-out",
        { "Left out: closed to the reader, or covert (Art. 16(7), 32)",
            "Изпуснато: закрито за читателя или под прикритие (чл. 16(7), 32)",
            "Omitido: cerrado para el lector o encubierto (art. 16(7), 32)",
            "Omis: închis cititorului sau sub acoperire (art. 16(7), 32)",
            "Изостављено: затворено за читаоца или прикривено (чл. 16(7), 32)",
            "Lënë jashtë: e mbyllur për lexuesin ose e fshehtë (neni 16(7), 32)" } },
    Word { "masked",
        { "Identities of officials stand as codes (Art. 13(5)(h), 14(5)(h), 16(7)).",
            "Самоличността на служителите е под код (чл. 13(5)(h), 14(5)(h), 16(7)).",
            "La identidad de los agentes figura en clave (art. 13(5)(h), 14(5)(h), 16(7)).",
            "Identitatea funcționarilor apare prin coduri (art. 13(5)(h), 14(5)(h), 16(7)).",
            "Идентитет службеника стоји као шифра (чл. 13(5)(h), 14(5)(h), 16(7)).",
            "Identiteti i zyrtarëve jepet me kode (neni 13(5)(h), 14(5)(h), 16(7))." } },
    Word { "official", { "Official", "Служител", "Agente", "Funcționar", "Службеник", "Zyrtari" } },
    Word { "person", { "Person", "Лице", "Persona", "Persoana", "Лице", "Personi" } },
    Word { "printed-for",
        { "Printed for", "Отпечатано за", "Impreso para", "Tipărit pentru", "Одштампано за",
            "Shtypur për" } },
    Word { "use",
        { "Only for the purpose for which it was sent (Art. 31(4)(a), 32(5)). Destroyed with the "
          "case.",
            "Само за целта, за която е изпратено (чл. 31(4)(a), 32(5)). Унищожава се с преписката.",
            "Solo para la finalidad con que se envió (art. 31(4)(a), 32(5)). Se destruye con el "
            "caso.",
            "Numai pentru scopul trimiterii (art. 31(4)(a), 32(5)). Se distruge odată cu dosarul.",
            "Само за сврху ради које је послато (чл. 31(4)(a), 32(5)). Уништава се са предметом.",
            "Vetëm për qëllimin e dërgimit (neni 31(4)(a), 32(5)). Asgjësohet bashkë me "
            "çështjen." } },
    Word { "yes", { "yes", "да", "sí", "da", "да", "po" } },
    Word { "no", { "no", "не", "no", "nu", "не", "jo" } },
    // Of letters to persons alone.
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
    Word { "legal-basis",
        { "Legal basis", "Правно основание", "Base jurídica", "Temei juridic", "Правни основ",
            "Baza ligjore" } },
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
    // Of files beside messages.
    Word { "files", { "Files", "Файлове", "Archivos", "Fișiere", "Датотеке", "Skedarë" } },
    Word { "file-name", { "Name", "Име", "Nombre", "Nume", "Назив", "Emri" } },
    Word { "file-type", { "Type", "Вид", "Tipo", "Tip", "Врста", "Lloji" } },
    Word { "file-bytes",
        { "Size (bytes)", "Размер (байтове)", "Tamaño (bytes)", "Mărime (octeți)",
            "Величина (бајтови)", "Madhësia (bajte)" } },
    Word { "file-root",
        { "Root in the message", "Корен в съобщението", "Raíz en el mensaje", "Rădăcina din mesaj",
            "Корен у поруци", "Rrënja në mesazh" } },
};

constexpr std::array parties {
    Word { "AL", { "Albania", "Албания", "Albania", "Albania", "Албанија", "Shqipëria" } },
    Word { "AT", { "Austria", "Австрия", "Austria", "Austria", "Аустрија", "Austria" } },
    Word { "BA",
        { "Bosnia and Herzegovina", "Босна и Херцеговина", "Bosnia y Herzegovina",
            "Bosnia și Herțegovina", "Босна и Херцеговина", "Bosnja dhe Hercegovina" } },
    Word { "BG", { "Bulgaria", "България", "Bulgaria", "Bulgaria", "Бугарска", "Bullgaria" } },
    Word { "HR", { "Croatia", "Хърватия", "Croacia", "Croația", "Хрватска", "Kroacia" } },
    Word { "HU", { "Hungary", "Унгария", "Hungría", "Ungaria", "Мађарска", "Hungaria" } },
    Word { "MD", { "Moldova", "Молдова", "Moldavia", "Moldova", "Молдавија", "Moldavia" } },
    Word { "ME",
        { "Montenegro", "Черна гора", "Montenegro", "Muntenegru", "Црна Гора", "Mali i Zi" } },
    Word { "MK",
        { "North Macedonia", "Северна Македония", "Macedonia del Norte", "Macedonia de Nord",
            "Северна Македонија", "Maqedonia e Veriut" } },
    Word { "RO", { "Romania", "Румъния", "Rumanía", "România", "Румунија", "Rumania" } },
    Word { "RS", { "Serbia", "Сърбия", "Serbia", "Serbia", "Србија", "Serbia" } },
    Word { "SI", { "Slovenia", "Словения", "Eslovenia", "Slovenia", "Словенија", "Sllovenia" } },
};

std::size_t place_of(std::string_view language)
{
    auto const* at = std::ranges::find(languages, language);
    return at == languages.end() ? 0 : static_cast<std::size_t>(at - languages.begin());
}

std::string_view word_of(
    std::span<Word const> table, std::string_view language, std::string_view key)
{
    auto const found = std::ranges::find(table, key, &Word::key);
    return found == table.end() ? key : found->in.at(place_of(language));
}

using Labels = std::map<std::string, std::string, std::less<>>;

/// A text in quotes, as the catalogues of the desk write it; nothing for what is no plain text.
std::optional<std::string> quoted(std::string_view text)
{
    if (text.size() < 2 || (text[0] != '\'' && text[0] != '"')) return {};
    char const quote = text[0];
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == quote) return out;
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        out += text[i];
    }
    return {};
}

/// Lines of the form `  'key': 'words',`.
Labels read_labels(std::string_view lines)
{
    Labels out;
    while (!lines.empty()) {
        auto const end = std::min(lines.find('\n'), lines.size());
        auto const line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        auto const between = line.find("': ");
        auto const start = line.find('\'');
        if (between == line.npos || start >= between) continue;
        if (auto text = quoted(line.substr(between + 3)))
            out.emplace(line.substr(start + 1, between - start - 1), std::move(*text));
    }
    return out;
}

Labels const& labels_in(std::string_view language)
{
    static auto const all = [] {
        std::array<Labels, 6> out;
        for (std::size_t i = 0; i < languages.size(); ++i)
            out.at(i) = read_labels(desk_words(languages.at(i)));
        return out;
    }();
    return all.at(place_of(language));
}

} // namespace

bool speaks(std::string_view language)
{
    return std::ranges::find(languages, language) != languages.end();
}

std::string_view word_in(std::string_view language, std::string_view key)
{
    return word_of(key.starts_with("year.") ? words_of_year() : std::span<Word const> { words },
        language, key);
}

std::string_view party_in(std::string_view language, std::string_view code)
{
    return word_of(parties, language, code);
}

std::optional<std::string_view> label_in(std::string_view language, std::string_view key)
{
    for (auto const in : { language, languages.front() }) {
        auto const& labels = labels_in(in);
        if (auto const found = labels.find(key); found != labels.end()) return found->second;
    }
    return {};
}

std::string label_in(std::string_view language, std::string_view group, std::string_view word)
{
    auto const found = label_in(language, std::string { group } + "." + std::string { word });
    return found ? std::string { *found } : spaced(word);
}

std::string spaced(std::string_view member)
{
    std::string out;
    for (char const c : member) {
        bool const capital = 'A' <= c && c <= 'Z';
        if (capital && !out.empty()) out += ' ';
        out += c == '-' || c == '_'
            ? ' '
            : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

} // namespace comity::document
