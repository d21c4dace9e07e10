#include "treaty/facts.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr auto table = [] {
    std::array<FactDescription const*, fact_count> out {};
    std::size_t at = 0;
    auto const add = [&](auto const& group) {
        for (auto const* each : group) out[at++] = each;
    };
    add(general_facts);
    add(exchange_facts);
    add(operations_facts);
    add(teams_facts);
    add(final_facts);
    return out;
}();

static_assert(
    [] {
        for (std::size_t i = 0; i < fact_count; ++i)
            if (table[i]->id != i) return false;
        return true;
    }(),
    "a fact's id is its place among the facts");

using Names = std::array<std::pair<std::string_view, FactDescription const*>, fact_count>;

Names const& by_name()
{
    static Names const all = [] {
        Names out;
        for (std::size_t i = 0; i < fact_count; ++i) out[i] = { table[i]->name, table[i] };
        std::ranges::sort(out, {}, &Names::value_type::first);
        return out;
    }();
    return all;
}

bool has_letter(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

Result<std::int64_t> read_word(
    FactDescription const& fact, json::Value const& value, std::string const& path)
{
    auto const text = TRY(json::detail::read_string(value, path));
    auto const& words = fact.words();
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
    auto const& all = by_name();
    auto const found = std::ranges::lower_bound(all, name, {}, &Names::value_type::first);
    return found == all.end() || found->first != name ? nullptr : found->second;
}

void Facts::tell(TextFact const& fact, std::string value)
{
    tell_text(fact.id, std::move(value));
}

void Facts::tell_text(FactId fact, std::string value)
{
    put(fact, has_letter(value));
    auto const found = std::ranges::find(texts_, fact, &decltype(texts_)::value_type::first);
    if (found == texts_.end())
        texts_.emplace_back(fact, std::move(value));
    else
        found->second = std::move(value);
}

std::string_view Facts::text(FactDescription const& fact) const
{
    auto const found = std::ranges::find(texts_, fact.id, &decltype(texts_)::value_type::first);
    return found == texts_.end() || !knows(fact.id) ? std::string_view {} : found->second;
}

Result<void> Facts::refuse_later(Date date, std::string const& path)
{
    if (date <= last_day) return {};
    return Error { Error::Kind::malformed, fmt::format("{} lies after {}", path, to_text(last_day)),
        path };
}

Result<void> Facts::read_one(
    FactDescription const& fact, json::Value const& value, std::string const& path)
{
    switch (fact.type) {
    case FactType::boolean:
        put(fact.id, TRY(json::read<bool>(value, json::Unknown::refuse, path)));
        break;
    case FactType::word: put(fact.id, TRY(read_word(fact, value, path))); break;
    case FactType::date: {
        auto const date = TRY(json::detail::read_date(value, path));
        TRY(refuse_later(date, path));
        put(fact.id, date.time_since_epoch().count());
        break;
    }
    case FactType::integer:
        put(fact.id,
            TRY(json::detail::read_integer(
                value, fact.least, static_cast<std::uint64_t>(fact.most), path)));
        break;
    case FactType::instant: {
        auto const instant = TRY(json::detail::read_instant(value, path));
        TRY(refuse_later(std::chrono::floor<std::chrono::days>(instant), path));
        put(fact.id, instant.time_since_epoch().count());
        break;
    }
    case FactType::text: return read_text(fact, value, path);
    }
    return {};
}

Result<void> Facts::read_text(
    FactDescription const& fact, json::Value const& value, std::string const& path)
{
    if (value.is_bool() && !fact.names_authority) {
        put(fact.id, value.get_bool());
        return {};
    }
    auto text = TRY(json::detail::read_string(value, path));
    if (text.size() > text_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} has {} bytes, {} at most", path, text.size(), text_bytes_max), path };
    tell_text(fact.id, std::move(text));
    return {};
}

Result<Facts> Facts::read(json::Object const& object, std::string const& path)
{
    Facts out;
    for (auto const& member : object) {
        std::string_view const name { member.key() };
        auto const full = json::detail::child(path, name).text();
        auto const* fact = find_fact(name);
        if (!fact) return Error { Error::Kind::malformed, full + " is not a known fact", full };
        if (!member.value().is_null()) TRY(out.read_one(*fact, member.value(), full));
    }
    return out;
}

json::Value Facts::write_one(FactDescription const& fact, bool words_too) const
{
    auto const value = number(fact.id);
    switch (fact.type) {
    case FactType::boolean: return value != 0;
    case FactType::word:
        return json::Value(std::string_view { fact.words()[static_cast<std::size_t>(value)] });
    case FactType::date:
        return json::Value(std::string_view { to_text(Date { std::chrono::days { value } }) });
    case FactType::instant:
        return json::Value(
            std::string_view { to_text(Instant { std::chrono::microseconds { value } }) });
    case FactType::integer: return value;
    case FactType::text: break;
    }
    auto const words = text(fact);
    if (fact.names_authority || (words_too && has_letter(words) == (value != 0)))
        return json::Value(words);
    return value != 0;
}

json::Object Facts::write(bool words_too) const
{
    json::Object out;
    for (auto const* fact : table)
        if (knows(fact->id)) out[fact->name] = write_one(*fact, words_too);
    return out;
}

json::Object Facts::write() const
{
    return write(true);
}

json::Object Facts::write_without_words() const
{
    return write(false);
}

} // namespace comity::treaty
