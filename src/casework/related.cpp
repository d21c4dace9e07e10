#include "casework/related.h"

#include "casework/casework.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

constexpr auto node_officer = "node";
constexpr std::int64_t older_a_round = 50;

bool is_secret(std::string_view type, json::Object const& content)
{
    auto const kind_of = [](json::Object const& object) {
        auto const* kind = object.if_contains("kind");
        return kind && kind->is_string()
            && kind->get_string() == json::word(treaty::Kind::witness_protection);
    };
    if (type.starts_with("undercover-") || kind_of(content)) return true;
    for (auto const* inner : { "request", "answer" })
        if (auto const* value = content.if_contains(inner))
            if (value->is_object() && kind_of(value->get_object())) return true;
    return false;
}

/// A content that was kept before there were marks.
struct Older {
    std::int64_t id;
    ContentRow content;
};

/// Holding by name, for who asks.
struct Standing {
    bool open = false;
    std::vector<std::string> holders;
};

Result<Standing> standing_of(
    Transaction& t, std::string_view number, Officer const& officer, Instant now)
{
    auto const held = holding(TRY(access_entries(t, number)), now);
    Standing out;
    out.open = !refused_to_open(held, officer);
    for (auto const& each : held) out.holders.push_back(each.name);
    return out;
}

std::string word_of(Likeness likeness, std::string_view key)
{
    return fmt::format("{}:{}", json::word(likeness), key);
}

/// What is closed to a compartment has words of its own: no look-up and no other case asks for
/// them, the search for a person's request does (contents_marked).
std::string secret_word(std::string_view word)
{
    return fmt::format("closed/{}", word);
}

/// The oldest contents that have a word.
Result<std::vector<std::pair<std::int64_t, Marked>>> marked_with(
    Transaction& transaction, protection::Vault const& vault, std::string_view word)
{
    return transaction.all(
        "SELECT c.id, c.message, c.case_number FROM casework_mark m, casework_content c "
        "WHERE m.mark = $1 AND c.message = m.message ORDER BY c.id LIMIT $2",
        [](Row const& row) {
            return std::pair { row.integer(0), Marked { row.text(1), row.text(2) } };
        },
        vault.blind(word), marked_max + 1);
}

/// Those that have the mark, open ones first, then the newest; the rows have a limit too, so what
/// everybody asks for stays a look-up.
Result<std::vector<std::string>> cases_marked(
    Transaction& t, Bytes const& mark, std::string_view but, std::int64_t count_max)
{
    auto const rows = TRY(t.all(
        "SELECT case_number FROM casework_mark WHERE mark = $1 AND case_number <> $2 "
        "ORDER BY is_open DESC, id DESC LIMIT $3",
        [](Row const& row) { return row.text(0); }, mark, but, related_rows_max));
    std::vector<std::string> out;
    std::set<std::string_view> seen;
    for (auto const& each : rows)
        if (std::ssize(out) < count_max && seen.insert(each).second) out.push_back(each);
    return out;
}

/// What has as many as are ever counted cannot come to more.
Result<bool> counts_all(Transaction& t, std::string_view number)
{
    auto const row = TRY(find_case(t, number));
    return row && row->related >= related_max;
}

Result<void> insert_marks(Transaction& t, protection::Vault const& vault, NewContent const& content)
{
    auto const said = json::parse(content.text);
    if (!said.ok() || !said.value().is_object()) return {};
    auto const& object = said.value().get_object();
    auto const& number = content.row.number;
    auto const row = TRY(find_case(t, number));
    auto const open = std::int64_t { row && waits(row->state) };
    bool const secret = is_secret(content.row.type, object);
    auto marks = secret ? marks_of_secret(object) : marks_of(object);
    if (!secret)
        for (auto& each : marks_of_number(number)) marks.push_back(std::move(each));
    for (auto const& each : marks) {
        auto const word = word_of(each.likeness, each.key);
        TRY(t.run("INSERT INTO casework_mark (mark, case_number, message, is_open) "
                  "VALUES ($1, $2, $3, $4)",
            vault.blind(secret ? secret_word(word) : word), number, content.row.message, open));
        if (secret || !relates(each)) continue;
        for (auto const& key : keys_that_match(each))
            TRY(t.run("INSERT INTO casework_sought (message, mark) VALUES ($1, $2) "
                      "ON CONFLICT DO NOTHING",
                content.row.message, vault.blind(word_of(each.likeness, key))));
    }
    return {};
}

Result<std::set<std::string>> remove_marks(
    Transaction& t, std::string_view number, std::string_view message)
{
    auto const numbers = TRY(related_numbers(t, number, message));
    TRY(t.run("DELETE FROM casework_mark WHERE message = $1", message));
    TRY(t.run("DELETE FROM casework_sought WHERE message = $1", message));
    return std::set<std::string> { numbers.begin(), numbers.end() };
}

} // namespace

Result<void> index_marks(
    Transaction& transaction, protection::Vault const& vault, NewContent const& content)
{
    auto const& [message, number, type, level] = content.row;
    auto const lost = TRY(remove_marks(transaction, number, message));
    TRY(insert_marks(transaction, vault, content));
    TRY(recount_related(transaction, number));
    for (auto const& each : lost) TRY(recount_related(transaction, each));
    for (auto const& each : TRY(related_numbers(transaction, number, message)))
        if (!lost.contains(each) && !TRY(counts_all(transaction, each)))
            TRY(recount_related(transaction, each));
    return {};
}

Result<void> mark_open(Transaction& transaction, std::string_view number, CaseState state)
{
    auto const open = std::int64_t { waits(state) };
    TRY(transaction.run("UPDATE casework_mark SET is_open = $2 WHERE case_number = $1 "
                        "AND is_open <> $2",
        number, open));
    return {};
}

Result<void> delete_marks(
    Transaction& transaction, std::string_view number, std::string_view message)
{
    auto const lost = TRY(remove_marks(transaction, number, message));
    TRY(recount_related(transaction, number));
    for (auto const& each : lost) TRY(recount_related(transaction, each));
    return {};
}

Result<void> recount_related(Transaction& transaction, std::string_view number)
{
    auto const row = TRY(find_case(transaction, number));
    if (!row || row->request_message.empty()) return {};
    auto const found = TRY(transaction.one(
        "SELECT COUNT(DISTINCT case_number) FROM (SELECT m.case_number FROM casework_sought s, "
        "casework_mark m WHERE s.message = $1 AND m.mark = s.mark AND m.case_number <> $2 "
        "LIMIT $3) AS found",
        [](Row const& each) { return each.integer(0); }, row->request_message, number,
        related_rows_max));
    auto const count = std::min(found.value_or(0), related_max);
    if (count == row->related) return {};
    TRY(transaction.run("UPDATE casework_case SET related = $2 WHERE number = $1", number, count));
    return {};
}

Result<std::vector<std::string>> related_numbers(
    Transaction& transaction, std::string_view number, std::string_view message)
{
    // What is like another is so the other way round too.
    auto const marks = TRY(transaction.all(
        "SELECT mark FROM casework_sought WHERE message = $1 ORDER BY mark",
        [](Row const& row) { return row.blob(0); }, message));
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (auto const& mark : marks)
        for (auto& each : TRY(cases_marked(transaction, mark, number, related_max + 1)))
            if (seen.insert(each).second) out.push_back(std::move(each));
    return out;
}

Result<std::vector<Marked>> contents_marked(
    Transaction& transaction, protection::Vault const& vault, std::span<Mark const> marks)
{
    std::map<std::int64_t, Marked> found;
    for (auto const& mark : marks)
        for (auto const& key : keys_that_match(mark)) {
            auto const word = word_of(mark.likeness, key);
            auto rows = TRY(marked_with(transaction, vault, word));
            for (auto& each : TRY(marked_with(transaction, vault, secret_word(word))))
                rows.push_back(std::move(each));
            for (auto const& [id, each] : rows) {
                auto& marked = found.try_emplace(id, each).first->second;
                auto const same
                    = [&](Reason const& reason) { return reason.likeness == mark.likeness; };
                if (std::ranges::none_of(marked.reasons, same))
                    marked.reasons.push_back({ mark.likeness, mark.shown });
            }
        }
    if (std::ssize(found) > marked_max)
        return Error { Error::Kind::too_large,
            fmt::format("over {} contents are alike: say more about the person", marked_max),
            "names" };
    std::vector<Marked> out;
    out.reserve(found.size());
    for (auto& each : found) out.push_back(std::move(each.second));
    return out;
}

Related::Related(store::Store& store, protection::Vault& vault, Clock clock)
    : store_(store)
    , vault_(vault)
    , clock_(std::move(clock))
{
}

Result<std::vector<RelatedCase>> Related::cases_with(Transaction& transaction,
    std::vector<Mark> const& marks, std::string_view but, Officer const& officer)
{
    std::map<std::string, std::vector<Reason>> found;
    for (auto const& mark : marks)
        for (auto const& key : keys_that_match(mark)) {
            auto const numbers = TRY(cases_marked(
                transaction, vault_.blind(word_of(mark.likeness, key)), but, related_max));
            for (auto const& number : numbers) {
                auto& reasons = found[number];
                Reason const reason { mark.likeness, mark.shown };
                auto const same = [&](Reason const& each) {
                    return each.likeness == reason.likeness && each.shown == reason.shown;
                };
                if (std::ranges::none_of(reasons, same)) reasons.push_back(reason);
            }
        }
    std::vector<RelatedCase> out, settled;
    for (auto& [number, reasons] : found) {
        auto const row = TRY(find_case(transaction, number));
        if (!row) continue;
        auto standing = TRY(standing_of(transaction, number, officer, clock_()));
        RelatedCase each { number, row->requesting, row->requested, row->opened_at, standing.open,
            std::move(standing.holders) };
        if (standing.open) {
            each.kind = row->kind;
            each.state = row->state;
            each.reasons = std::move(reasons);
        }
        (waits(row->state) ? out : settled).push_back(std::move(each));
    }
    constexpr auto by_day = [](std::vector<RelatedCase>& cases) {
        std::ranges::sort(cases, std::ranges::greater {}, &RelatedCase::opened_at);
    };
    by_day(out);
    by_day(settled);
    std::ranges::move(settled, std::back_inserter(out));
    if (std::ssize(out) > related_max) out.resize(static_cast<std::size_t>(related_max));
    by_day(out);
    return out;
}

namespace {

/// Cases with the request that says what each is about.
struct Shown {
    std::vector<std::string> requests;
    std::vector<RelatedCase*> cases;
};

Result<Shown> shown_of(Transaction& t, std::vector<RelatedCase>& cases)
{
    Shown out;
    for (auto& each : cases) {
        if (!each.open) continue;
        auto const row = TRY(find_case(t, each.number));
        if (!row || row->request_message.empty()) continue;
        out.requests.push_back(row->request_message);
        out.cases.push_back(&each);
    }
    return out;
}

} // namespace

/// What they are about, as far as he may see it; noted as a list.
Result<void> Related::read_subjects(std::vector<RelatedCase>& cases, Officer const& officer)
{
    auto const shown = TRY(store_.read([&](Transaction& t) { return shown_of(t, cases); }));
    CaseRow list {};
    list.number = "related cases";
    auto const headings = TRY(vault_.headings(shown.requests, use_of(list, officer, {}, true)));
    for (std::size_t i = 0; i < shown.cases.size(); ++i) {
        auto const heading = read_heading(headings[i]);
        auto const& text = heading.plate.empty() ? heading.subject : heading.plate;
        if (!text.empty()) shown.cases[i]->subject = text;
    }
    return {};
}

Result<Related::Found> Related::of_case(std::string_view number, Officer const& officer)
{
    Found out;
    out.cases = TRY(store_.write([&](Transaction& t) -> Result<std::vector<RelatedCase>> {
        auto const row = TRY(find_case(t, number));
        if (!row)
            return Error { Error::Kind::not_found, fmt::format("there is no case '{}'", number),
                "number" };
        out.refused = TRY(refused_to_open(t, number, officer, clock_()));
        if (out.refused) return std::vector<RelatedCase> {};
        auto marks = marks_of_number(number);
        Wanted const combining { .operation = protection::Operation::combine };
        for (auto const& each : TRY(open_contents(t, vault_, *row, officer, combining))) {
            auto const said = json::parse(each.body.text);
            if (!said.ok() || !said.value().is_object()) continue;
            if (is_secret(each.body.type, said.value().get_object())) continue;
            for (auto& mark : marks_of(said.value().get_object()))
                if (relates(mark) && !std::ranges::count(marks, mark))
                    marks.push_back(std::move(mark));
        }
        return cases_with(t, marks, number, officer);
    }));
    TRY(read_subjects(out.cases, officer));
    return out;
}

Result<std::vector<RelatedCase>> Related::look_up(std::string_view text, Officer const& officer)
{
    if (text.size() > sought_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("at most {} bytes are looked up", sought_bytes_max), "sought" };
    auto const marks = marks_of_text(text);
    if (text.size() < sought_bytes_min || marks.empty())
        return Error { Error::Kind::malformed,
            "a name, a plate, a document, a telephone or a case number is looked up", "sought" };
    auto out = TRY(store_.read(
        [&](Transaction& t) { return cases_with(t, marks, std::string_view {}, officer); }));
    TRY(read_subjects(out, officer));
    return out;
}

Result<std::size_t> Related::index_some()
{
    auto const older = [](Transaction& t) -> Result<std::vector<Older>> {
        auto const last = TRY(t.one("SELECT content FROM casework_unmarked WHERE place = 1",
            [](Row const& row) { return row.integer(0); }));
        return t.all( // by number, not joined: PostgreSQL would walk every content backwards
            "SELECT id, message, case_number, type FROM casework_content WHERE id <= $1 "
            "ORDER BY id DESC LIMIT $2",
            [](Row const& row) {
                return Older { row.integer(0), { row.text(1), row.text(2), row.text(3) } };
            },
            last.value_or(0), older_a_round);
    };
    if (TRY(store_.read(older)).empty()) return std::size_t { 0 };
    return store_.write([&](Transaction& t) -> Result<std::size_t> {
        auto const rows = TRY(older(t));
        if (rows.empty()) return std::size_t { 0 };
        auto const moved = TRY(t.run("UPDATE casework_unmarked SET content = $1 WHERE place = 1 "
                                     "AND content > $1",
            rows.back().id - 1));
        if (moved == 0) return std::size_t { 0 }; // another process is at it
        for (auto const& each : rows) {
            auto const row = TRY(find_case(t, each.content.number));
            if (!row) continue;
            Wanted const combining { .operation = protection::Operation::combine };
            auto const opened
                = TRY(open_content(t, vault_, each.content, *row, node_officer, combining));
            NewContent const content { each.content, opened.body.text };
            TRY(index_marks(t, vault_, content));
        }
        return rows.size();
    });
}

} // namespace comity::casework
