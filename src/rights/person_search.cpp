#include "rights/person_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>
#include <set>

/// Finding what is held and sent about the person, and looking at it for a stated purpose.
namespace comity::rights {

using protection::Operation;
using store::Transaction;

namespace {

/// A comparison of DNA names nobody: it is found beside what does, in the same case.
constexpr std::string_view dna_types = "dna-";
constexpr std::string_view found_by_dna = "dna";

} // namespace

std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> out;
    for (auto const word : std::views::split(text, ' ')) out.emplace_back(word.begin(), word.end());
    return out;
}

Result<std::size_t> PersonRequests::search(std::int64_t place, Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<std::size_t> {
        auto file = TRY(file_of(t, place));
        auto const who = TRY(asked(t, place, officer, Operation::retrieve));
        if (!who) return no_request(place);
        std::set<std::string> own; // What this request itself made is no finding of it.
        for (auto const& each : file.comments) own.insert({ each.message, each.answer });
        std::set<std::string> cases;
        std::vector<PersonItemRow> found;
        for (auto const& each : TRY(casework::contents_marked(t, rooms_.vault, marks_of(*who)))) {
            if (own.contains(each.message)) continue;
            std::vector<std::string> words;
            for (auto const& reason : each.reasons) words.push_back(json::word(reason.likeness));
            found.push_back(
                { place, each.message, each.number, fmt::format("{}", fmt::join(words, " ")) });
            cases.insert(each.number);
        }
        for (auto const& number : cases)
            for (auto const& each : TRY(casework::contents_of(t, number)))
                if (each.type.starts_with(dna_types)
                    && std::ranges::none_of(
                        found, [&](auto const& item) { return item.message == each.message; }))
                    found.push_back({ place, each.message, number, std::string { found_by_dna } });
        for (auto const& each : found) TRY(put_person_item(t, each));
        file.row.searched_at = clock_();
        TRY(update_person(t, file.row));
        return found.size();
    });
}

Result<casework::Opened> PersonRequests::open_item(
    Transaction& transaction, std::string const& message, Looking const& looking)
{
    auto const content = TRY(casework::find_content(transaction, message));
    if (!content) return Error { Error::Kind::not_found, "it was destroyed meanwhile", "item" };
    auto const row = TRY(case_numbered(transaction, content->number));
    auto const label = rooms_.vault.label(transaction, message);
    casework::Wanted wanted { .operation = looking.operation };
    // The right of the person goes with the data, whatever they came for (A31(4)(g)-1).
    if (label.ok()) wanted.purpose = label.value().purpose;
    wanted.justification
        = fmt::format("A31(4)(g), {}: {}", need_of(looking.place), looking.purpose);
    return casework::open_content(
        transaction, rooms_.vault, *content, row, looking.officer, wanted);
}

Result<std::optional<std::string>> PersonRequests::text_of(Transaction& transaction,
    std::string const& message, std::string_view member, Looking const& looking)
{
    auto const opened = open_item(transaction, message, looking);
    if (!opened.ok() && opened.error().kind == Error::Kind::not_found)
        return std::optional<std::string> {};
    if (!opened.ok()) return opened.error();
    auto const said = json::parse(opened.value().body.text);
    if (!said.ok() || !said.value().is_object()) return std::optional<std::string> {};
    auto const* value = said.value().get_object().if_contains(member);
    if (!value || !value->is_string()) return std::optional<std::string> {};
    return std::optional { std::string { value->get_string() } };
}

Result<PersonContent> PersonRequests::open(
    std::int64_t place, OpeningDraft const& draft, Officer const& officer)
{
    TRY(check_text("purpose", draft.purpose));
    if (draft.purpose.size() > purpose_bytes_max)
        return Error { Error::Kind::malformed, fmt::format("over {} bytes", purpose_bytes_max),
            "purpose" };
    return rooms_.store.write([&](Transaction& t) -> Result<PersonContent> {
        auto const file = TRY(file_of(t, place));
        TRY(file.item(draft.item));
        auto const opened
            = TRY(open_item(t, draft.item, { place, draft.purpose, Operation::consult, officer }));
        PersonContent out { opened.judgement, {} };
        if (opened.judgement.permitted()) out.content = TRY(json::parse(opened.body.text));
        return out;
    });
}

Result<void> PersonRequests::choose(
    std::int64_t place, std::vector<std::string> const& items, Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto const file = TRY(file_of(t, place));
        TRY(file.refuse_where_sent());
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto const field = fmt::format("items[{}]", i);
            if (!file.item(items[i]).ok())
                return Error { Error::Kind::not_found, "it was not found for this request", field };
            if (closed_to(t, items[i], officer)) return closed_item(field);
        }
        for (auto row : file.items) {
            bool const chosen = std::ranges::count(items, row.message) > 0;
            if (row.answer || row.comment != 0 || row.chosen == chosen) continue;
            if (closed_to(t, row.message, officer)) continue; // not his to say
            row.chosen = chosen;
            TRY(update_person_item(t, row));
        }
        return {};
    });
}

Result<PersonItemRow> PersonRequests::File::item(std::string_view message) const
{
    for (auto const& each : items)
        if (each.message == message) return each;
    return Error { Error::Kind::not_found, "it was not found for this request", "item" };
}

Result<void> PersonRequests::File::refuse_where_sent() const
{
    if (!row.sent_on) return {};
    return Error { Error::Kind::conflict, "its letter was sent: it is closed", "place" };
}

} // namespace comity::rights
