#include "rights/person_file.h"

#include "document/words.h"
#include "rights/person_letter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

/// Registering a request, and what is known of it.
namespace comity::rights {

using message::PersonClaim;
using message::Type;
using store::Transaction;

namespace {

constexpr std::size_t claims_max = 3;
constexpr std::chrono::years first_birth { 130 }; ///< Nobody was born earlier.

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check_name(std::size_t i, AskedName const& name)
{
    if (name.family.empty()) return malformed(fmt::format("names[{}].family", i), "must be given");
    if (name.family.size() + name.given.value_or("").size() > name_bytes_max)
        return malformed(fmt::format("names[{}]", i), fmt::format("over {} bytes", name_bytes_max));
    return {};
}

Result<void> check_texts(PersonDraft const& draft)
{
    auto const& documents = draft.documents.value_or(std::vector<std::string> {});
    if (documents.size() > documents_max)
        return malformed("documents", fmt::format("over {} documents", documents_max));
    for (std::size_t i = 0; i < documents.size(); ++i)
        if (documents[i].empty() || documents[i].size() > name_bytes_max)
            return malformed(fmt::format("documents[{}]", i),
                fmt::format("must have 1 to {} bytes", name_bytes_max));
    if (draft.address && draft.address->size() > text_bytes_max)
        return malformed("address", fmt::format("over {} bytes", text_bytes_max));
    if (draft.letter && draft.letter->size() > text_bytes_max)
        return malformed("letter", fmt::format("over {} bytes", text_bytes_max));
    return {};
}

Result<void> check(PersonDraft const& draft, Date today)
{
    if (draft.names.empty() || draft.names.size() > names_max)
        return malformed("names", fmt::format("1 to {} names", names_max));
    for (std::size_t i = 0; i < draft.names.size(); ++i) TRY(check_name(i, draft.names[i]));
    TRY(check_texts(draft));
    auto claims = draft.claims;
    std::ranges::sort(claims);
    if (claims.empty() || claims.size() > claims_max
        || std::ranges::adjacent_find(claims) != claims.end())
        return malformed("claims", "say what is asked, each once");
    if (!document::speaks(draft.language))
        return malformed("language", fmt::format("no letter is written in '{}'", draft.language));
    if (draft.received_on > today) return malformed("receivedOn", "is a day to come");
    std::chrono::year_month_day const day { today };
    if (draft.birth_date
        && (*draft.birth_date > today
            || *draft.birth_date < std::chrono::sys_days { day - first_birth }))
        return malformed("birthDate", "nobody was born then who asks now");
    return {};
}

std::string full_name(AskedName const& name)
{
    return name.given ? fmt::format("{} {}", name.family, *name.given) : name.family;
}

} // namespace

std::string vault_id(std::int64_t place)
{
    return fmt::format("person-request/{}", place);
}

std::string need_of(std::int64_t place)
{
    return fmt::format("person's request {}", place);
}

Error no_request(std::int64_t place)
{
    return { Error::Kind::not_found, fmt::format("there is no person's request {}", place),
        "place" };
}

std::vector<casework::Mark> marks_of(PersonDraft const& asked)
{
    std::vector<std::string> names;
    for (auto const& each : asked.names) names.push_back(full_name(each));
    auto const documents = asked.documents.value_or(std::vector<std::string> {});
    return casework::marks_of_person(
        names, asked.birth_date ? to_text(*asked.birth_date) : std::string {}, documents);
}

PersonRequests::PersonRequests(
    Rooms rooms, Rights& rights, National national, Settings settings, Clock clock)
    : rooms_(rooms)
    , rights_(rights)
    , national_(std::move(national))
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , post_(rooms_, settings_, clock_)
{
    rooms_.casework.on_message(
        Type::comment_request, [this](Transaction& t, exchange::Delivered const& delivered) {
            return receive_request(t, delivered);
        });
    rights_.on_comment([this](Transaction& t, exchange::Delivered const& delivered) {
        return receive_comment(t, delivered);
    });
}

Result<std::int64_t> PersonRequests::enter(PersonDraft const& draft, Officer const& officer)
{
    auto const today = TRY(rooms_.vault.today());
    TRY(check(draft, today));
    if (marks_of(draft).empty())
        return malformed("names",
            "one name alone is everybody's: give a family and a given name, or with it the day of "
            "birth or a document");
    PersonRow row;
    row.claims = draft.claims;
    row.identity_check = draft.identity_check;
    row.language = draft.language;
    row.received_on = draft.received_on;
    row.registered_at = clock_();
    row.officer = officer.name;
    if (auto const days = national_.answer_days(settings_.of.party, draft.received_on)) {
        row.deadline = draft.received_on + std::chrono::days { days->count };
        row.deadline_source = days->source;
    }
    protection::NewItem item {};
    item.label.owner = settings_.of.party;
    item.label.purpose = request_purpose;
    item.label.legal_basis = { "A31(4)(g)-1" };
    item.label.deadlines.own_rule = casework::usual_erase_by(settings_.of, clock_());
    item.label.onward_transfer = true;
    item.content = to_bytes(json::to_text(draft));
    return rooms_.store.write([&](Transaction& t) -> Result<std::int64_t> {
        auto const place = TRY(insert_person(t, row));
        item.id = vault_id(place);
        TRY(rooms_.vault.put(t, item, { officer.account, need_of(place) }));
        return place;
    });
}

Result<PersonRow> PersonRequests::row_of(Transaction& transaction, std::int64_t place) const
{
    auto row = TRY(find_person(transaction, place));
    if (row) return *row;
    return no_request(place);
}

Result<PersonRequests::File> PersonRequests::file_of(
    Transaction& transaction, std::int64_t place) const
{
    auto row = TRY(row_of(transaction, place));
    auto items = TRY(person_items(transaction, place));
    return File { std::move(row), std::move(items), TRY(comments_of(transaction, place)) };
}

protection::Use use_of_request(
    std::int64_t place, Officer const& officer, protection::Operation operation)
{
    protection::Use out;
    out.officer = officer.account;
    out.clearance = officer.clearance;
    out.compartments = officer.compartments;
    out.needs_to_know = true;
    out.need = need_of(place);
    out.purpose = request_purpose;
    out.operation = operation;
    return out;
}

Result<std::optional<PersonDraft>> PersonRequests::asked(Transaction& transaction,
    std::int64_t place, Officer const& officer, protection::Operation operation) const
{
    auto const read = rooms_.vault.read(
        transaction, vault_id(place), use_of_request(place, officer, operation));
    if (!read.ok() && read.error().kind == Error::Kind::not_found)
        return std::optional<PersonDraft> {};
    if (!read.ok()) return read.error();
    if (!read.value().content) return std::optional<PersonDraft> {}; // its day has come
    return std::optional { TRY(
        json::read_text<PersonDraft>(as_text(*read.value().content), json::Unknown::refuse)) };
}

/// The day of the deadline itself is the first on which nobody is waited for.
Heard PersonRequests::heard(File const& file, PersonItemRow const& item, bool received) const
{
    if (!received) return Heard::not_needed;
    for (auto const& each : file.comments) {
        if (each.place != item.comment || !each.position) continue;
        return each.position == message::CommentPosition::no_objection ? Heard::waived
                                                                       : Heard::commented;
    }
    if (item.comment == 0) return Heard::not_asked;
    if (file.row.deadline && clock_() >= Instant { *file.row.deadline }) return Heard::expired;
    return Heard::waiting;
}

PersonLine PersonRequests::line_of(Transaction& transaction, File const& file) const
{
    auto const& row = file.row;
    PersonLine out;
    out.place = row.place;
    out.claims = row.claims;
    out.received_on = row.received_on;
    out.deadline = row.deadline;
    out.language = row.language;
    out.officer = row.officer;
    out.letter_at = row.letter_at;
    out.sent_on = row.sent_on;
    auto const today = rooms_.vault.today();
    if (row.deadline && !row.sent_on && today.ok())
        out.days_left = (*row.deadline - today.value()).count();
    for (auto const& item : file.items) {
        if (!item.chosen) continue;
        ++out.chosen;
        if (item.answer) ++out.decided;
        auto const message = exchange::message_by_id(transaction, item.message);
        bool const received = message.ok() && message.value().direction == "in";
        if (!item.answer && heard(file, item, received) == Heard::waiting) ++out.waiting;
    }
    return out;
}

bool PersonRequests::closed_to(
    Transaction& transaction, std::string const& message, Officer const& officer) const
{
    auto const label = rooms_.vault.label(transaction, message);
    return label.ok() && !names(officer, protection::compartments_of(label.value()));
}

PersonItemView PersonRequests::view_of(Transaction& transaction, File const& file,
    PersonItemRow const& item, Officer const& officer) const
{
    PersonItemView out;
    out.item = item.message;
    out.closed = closed_to(transaction, item.message, officer);
    if (out.closed) return out;
    out.case_number = item.case_number;
    out.found_by = words_in(item.found_by);
    out.chosen = item.chosen;
    out.answer = item.answer;
    out.decided_at = item.decided_at;
    out.decided_by = item.decided_by;
    out.settled = item.settled;
    for (auto const& each : file.comments)
        if (each.place == item.comment) out.comment = each.answer;
    if (auto const message = exchange::message_by_id(transaction, item.message); message.ok()) {
        out.type = message.value().type;
        out.direction = message.value().direction;
        out.party = message.value().peer;
        out.at = message.value().at;
        out.entry = message.value().entry;
    }
    out.heard = heard(file, item, out.direction == "in");
    auto const label = rooms_.vault.label(transaction, item.message);
    if (!label.ok()) return out; // It is gone: only the register knows it.
    out.owner = label.value().owner;
    out.purpose = label.value().purpose;
    out.legal_basis = label.value().legal_basis;
    out.erase_by = protection::erase_by(label.value().deadlines);
    out.level = label.value().level;
    auto const copies = rooms_.vault.copies(transaction, item.message);
    if (copies.ok())
        for (auto const& each : copies.value())
            if (each.kind == protection::CopyKind::exported) out.exports.push_back(each.place);
    return out;
}

bool names(Officer const& officer, std::vector<access::Compartment> const& needed)
{
    return std::ranges::all_of(
        needed, [&](auto each) { return std::ranges::count(officer.compartments, each) > 0; });
}

Error closed_item(std::string field)
{
    return { Error::Kind::not_permitted,
        "it is closed to a compartment (A10(1), A16(7)): an officer who is named for it deals "
        "with it",
        std::move(field) };
}

CommentView view_of(CommentRow const& row)
{
    return { row.place, row.ours, row.party, row.case_number, row.item, json::word(row.claim),
        row.message, row.at, row.answer_by, row.position, row.answer, row.answered_at, {} };
}

Result<std::vector<PersonLine>> PersonRequests::list()
{
    return rooms_.store.read([&](Transaction& t) -> Result<std::vector<PersonLine>> {
        std::vector<PersonLine> out;
        for (auto const& row : TRY(newest_persons(t, persons_listed_max)))
            out.push_back(line_of(t, TRY(file_of(t, row.place))));
        return out;
    });
}

Result<PersonView> PersonRequests::view(std::int64_t place, Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<PersonView> {
        auto const file = TRY(file_of(t, place));
        PersonView out;
        out.line = line_of(t, file);
        out.asked = TRY(asked(t, place, officer, protection::Operation::consult));
        out.deadline_source = file.row.deadline_source;
        out.searched_at = file.row.searched_at;
        out.letter_sha256 = file.row.letter_sha256;
        for (auto const& each : file.items) out.items.push_back(view_of(t, file, each, officer));
        for (auto const& each : file.comments) {
            if (closed_to(t, each.item, officer)) continue;
            auto shown = rights::view_of(each);
            if (!each.answer.empty())
                shown.text = TRY(text_of(t, each.answer, "text",
                    { place, "to decide", protection::Operation::consult, officer }));
            out.comments.push_back(std::move(shown));
        }
        if (auto const known = national_.remedy(settings_.of.party, TRY(rooms_.vault.today()))) {
            out.remedy = known->text;
            out.remedy_source = known->source;
        }
        return out;
    });
}

Result<void> PersonRequests::set_deadline(
    std::int64_t place, DeadlineDraft const& draft, Officer const& officer)
{
    if (draft.source.empty() || draft.source.size() > source_bytes_max)
        return malformed("source",
            fmt::format("1 to {} bytes say where the law sets the day", source_bytes_max));
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto file = TRY(file_of(t, place));
        if (draft.deadline <= file.row.received_on)
            return malformed("deadline", "must come after the day of receipt");
        if (!file.comments.empty() && file.row.deadline && draft.deadline < *file.row.deadline)
            return Error { Error::Kind::conflict, "senders were told a later day: they keep it",
                "deadline" };
        file.row.deadline = draft.deadline;
        file.row.deadline_source = fmt::format("{} ({})", draft.source, officer.name);
        return update_person(t, file.row);
    });
}

Result<void> PersonRequests::mark_sent(std::int64_t place, Date sent_on, Officer const&)
{
    auto const today = TRY(rooms_.vault.today());
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto row = TRY(row_of(t, place));
        if (!row.letter_at)
            return Error { Error::Kind::conflict, "there is no letter to send yet", "place" };
        if (row.sent_on)
            return Error { Error::Kind::conflict, "it was marked as sent already", "place" };
        if (sent_on > today || sent_on < TRY(local_date(*row.letter_at, "UTC")))
            return malformed("sentOn", "must be a day from the making of the letter to today");
        row.sent_on = sent_on;
        return update_person(t, row);
    });
}

} // namespace comity::rights
