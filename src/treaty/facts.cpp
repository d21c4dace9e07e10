#include "treaty/facts.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr std::array<FactDescription const*, fact_count> table { &fact::purpose, &fact::kind,
    &fact::need_ground, &fact::vehicle_class, &fact::disputed_territory, &fact::offence,
    &fact::case_number, &fact::personal_data, &fact::erase_by, &fact::requesting_authority,
    &fact::requested_authority, &fact::route, &fact::direct_ground, &fact::direct_expedient,
    &fact::border_region, &fact::threat_immediate, &fact::usual_channel_too_late,
    &fact::subject_named, &fact::explanation, &fact::compartment, &fact::judicial_reserved,
    &fact::competent, &fact::medium, &fact::urgent, &fact::channel_secure, &fact::request_oral,
    &fact::confirmed_in_writing, &fact::official_authorised, &fact::refusal_ground, &fact::reasons,
    &fact::classification_level, &fact::classification_reason, &fact::channel_level,
    &fact::handling_agreed, &fact::security_agreement, &fact::supervisor_permission };

constexpr std::array<TextFact const*, text_fact_count> text_table { &fact::offence,
    &fact::case_number, &fact::requesting_authority, &fact::requested_authority, &fact::explanation,
    &fact::reasons, &fact::classification_reason };

static_assert([] {
    for (std::size_t i = 0; i < fact_count; ++i)
        if (table[i]->id != i) return false;
    for (std::size_t i = 0; i < text_fact_count; ++i)
        if (text_table[i]->slot != i) return false;
    return true;
}());

TextFact const& text_fact_of(FactDescription const& fact)
{
    auto const found = std::ranges::find(text_table, fact.id, &TextFact::id);
    MUST(found != text_table.end());
    return **found;
}

bool has_letter(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

Result<std::int64_t> read_word(
    FactDescription const& fact, json::Value const& value, std::string const& path)
{
    auto const text = TRY(json::detail::read_string(value, path));
    auto const words = fact.words();
    auto const found = std::ranges::find(words, text);
    if (found == words.end()) return json::detail::unknown_word(text, words, path);
    return found - words.begin();
}

} // namespace

std::span<FactDescription const* const, fact_count> fact_descriptions()
{
    return table;
}

FactDescription const* find_fact(std::string_view name)
{
    auto const found = std::ranges::find(table, name, &FactDescription::name);
    return found == table.end() ? nullptr : *found;
}

void Facts::tell(TextFact const& fact, std::string value)
{
    put(fact.id, has_letter(value));
    texts_[fact.slot] = std::move(value);
}

Result<void> Facts::read_one(
    FactDescription const& fact, json::Value const& value, std::string const& path)
{
    switch (fact.type) {
    case FactType::boolean:
        put(fact.id, TRY(json::read<bool>(value, json::Unknown::refuse, path)));
        break;
    case FactType::word: put(fact.id, TRY(read_word(fact, value, path))); break;
    case FactType::date:
        put(fact.id, TRY(json::detail::read_date(value, path)).time_since_epoch().count());
        break;
    case FactType::integer:
        put(fact.id,
            TRY(json::detail::read_integer(
                value, fact.least, static_cast<std::uint64_t>(fact.most), path)));
        break;
    case FactType::text: {
        auto text = TRY(json::detail::read_string(value, path));
        if (text.size() > text_bytes_max)
            return Error { Error::Kind::too_large,
                fmt::format("{} has {} bytes, {} at most", path, text.size(), text_bytes_max),
                path };
        tell(text_fact_of(fact), std::move(text));
        break;
    }
    }
    return {};
}

Result<Facts> Facts::read(json::Object const& object, std::string const& path)
{
    Facts out;
    for (auto const& member : object) {
        std::string_view const name { member.key() };
        auto const full = json::detail::child(path, name);
        auto const* fact = find_fact(name);
        if (!fact) return Error { Error::Kind::malformed, full + " is not a known fact", full };
        if (!member.value().is_null()) TRY(out.read_one(*fact, member.value(), full));
    }
    return out;
}

json::Object Facts::write() const
{
    json::Object out;
    for (auto const* fact : table) {
        if (!knows(fact->id)) continue;
        auto const value = number(fact->id);
        switch (fact->type) {
        case FactType::boolean: out[fact->name] = value != 0; break;
        case FactType::word:
            out[fact->name] = std::string_view { fact->words()[static_cast<std::size_t>(value)] };
            break;
        case FactType::date:
            out[fact->name] = std::string_view { to_text(Date { std::chrono::days { value } }) };
            break;
        case FactType::integer: out[fact->name] = value; break;
        case FactType::text:
            out[fact->name] = std::string_view { text(text_fact_of(*fact)) };
            break;
        }
    }
    return out;
}

} // namespace comity::treaty
