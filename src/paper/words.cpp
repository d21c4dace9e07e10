#include "paper/words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace comity::paper {
namespace {

constexpr std::array<std::string_view, 6> languages { "en", "bg", "es", "ro", "sr", "sq" };

struct Word {
    std::string_view key;
    std::array<std::string_view, 6> in;
};

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
};

} // namespace

bool speaks(std::string_view language)
{
    return std::ranges::find(languages, language) != languages.end();
}

std::string_view word_in(std::string_view language, std::string_view key)
{
    auto const* found = std::ranges::find(words, key, &Word::key);
    if (found == words.end()) return key;
    auto const* at = std::ranges::find(languages, language);
    return found->in.at(
        at == languages.end() ? 0 : static_cast<std::size_t>(at - languages.begin()));
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

} // namespace comity::paper
