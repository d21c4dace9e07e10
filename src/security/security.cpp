#include "security/security.h"

#include "casework/arrival.h"
#include "message/content.h"
#include "rights/need.h"
#include "treaty/fact/final.h"

#include <fmt/format.h>

/// Article 32(4), (6) from the side that acts: a level changed, a breach reported, both recorded.
namespace comity::security {

using exchange::Delivered;
using message::Type;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

Error conflict(std::string what)
{
    return { Error::Kind::conflict, std::move(what), "item" };
}

Error no_such_notice()
{
    return { Error::Kind::not_found, "there is no such notice", "place" };
}

Result<void> check(LevelDraft const& draft)
{
    if (draft.level_after > treaty::level_max)
        return Error { Error::Kind::malformed, fmt::format("0 to {}", treaty::level_max),
            "levelAfter" };
    return rights::check_text("reason", draft.reason);
}

Result<std::int64_t> copies_in(std::optional<std::int64_t> given, std::string field)
{
    auto const count = given.value_or(0);
    if (count >= 0 && count <= copies_max) return count;
    return Error { Error::Kind::malformed, fmt::format("0 to {}", copies_max), std::move(field) };
}

void tell_text(treaty::Facts& facts, treaty::TextFact const& fact, std::string const& text)
{
    if (!text.empty()) facts.tell(fact, text.substr(0, treaty::Facts::text_bytes_max));
}

std::string joined(std::vector<std::string> const& lines)
{
    std::string out;
    for (auto const& line : lines) out += line;
    return out;
}

} // namespace

Security::Security(Rooms rooms, Settings settings, Clock clock)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , post_(rooms_, settings_, clock_)
{
    using Member = Taken (Security::*)(Transaction&, Delivered const&);
    constexpr std::pair<Type, Member> takes[] = {
        { Type::level_change, &Security::receive_change },
        { Type::level_change_confirmation, &Security::receive_confirmation },
        { Type::breach_report, &Security::receive_breach },
    };
    for (auto const& [type, member] : takes)
        rooms_.casework.on_message(
            type, [this, member](Transaction& transaction, Delivered const& delivered) {
                return (this->*member)(transaction, delivered);
            });
    rooms_.casework.on_taken([this](Transaction& transaction, std::string const& message) {
        return hear_taken(transaction, message);
    });
}

/// Of a breach the signed receipt is all there is.
Result<void> Security::hear_taken(Transaction& transaction, std::string const& message)
{
    for (auto row : TRY(notices_by_message(transaction, message))) {
        bool const breach = row.kind == json::word(Type::breach_report);
        if (!breach || !row.sent || row.state != NoticeState::open) continue;
        row.state = NoticeState::noted;
        row.settled_at = clock_();
        row.answer = message;
        TRY(update_notice(transaction, row));
    }
    return {};
}

/// What a notice says of an item may be as secret as the item; but told it must be, so where no
/// way is open for the level it goes without one (decision 056).
std::uint8_t Security::level_for(std::string const& party, std::uint8_t level) const
{
    auto const own = treaty::PartyCode::parse(settings_.of.party);
    auto const to = treaty::PartyCode::parse(party);
    if (!own.ok() || !to.ok()) return 0;
    auto const pair = treaty::resolve(rooms_.law, own.value(), to.value(), clock_());
    auto const way = treaty::channel_between(pair, level).channel;
    return way == treaty::Channel::none ? std::uint8_t { 0 } : level;
}

Result<Security::Item> Security::item_of(Transaction& transaction, std::string const& id) const
{
    auto const content = TRY(casework::find_content(transaction, id));
    if (!content)
        return Error { Error::Kind::not_found,
            fmt::format("no case has a content of the message '{}'", id.substr(0, 60)), "item" };
    auto row = TRY(rights::case_numbered(transaction, content->number));
    auto message = TRY(exchange::message_by_id(transaction, id));
    return Item { std::move(row), *content, std::move(message) };
}

Result<void> Security::mark(Transaction& transaction, casework::ContentRow const& content,
    std::uint8_t level, protection::Actor const& actor)
{
    TRY(rooms_.vault.set_level(transaction, content.message, level, actor));
    return casework::set_content_level(transaction, content.message, level);
}

/// Every message of the case that left with the same in it, of the same State, bears the level of
/// the item from now on; each of their receivers has a notice to come.
Result<std::vector<NoticeRow>> Security::plan(
    Transaction& transaction, Item const& item, std::uint8_t level, protection::Actor const& actor)
{
    auto const& vault = rooms_.vault;
    auto const own = TRY(vault.label(transaction, item.content.message));
    auto const text = TRY(rights::text_to_alter(transaction, rooms_.vault, item.row, item.content));
    std::vector<NoticeRow> out;
    for (auto const& content : TRY(casework::contents_of(transaction, item.row.number))) {
        bool const itself = content.message == item.content.message;
        auto const label = vault.label(transaction, content.message);
        if (!label.ok() || label.value().owner != own.owner) continue;
        auto const message = exchange::message_by_id(transaction, content.message);
        if (!message.ok()) continue;
        auto const copy = itself
            ? Result<json::Value> { text }
            : rights::text_to_alter(transaction, rooms_.vault, item.row, content);
        if (!copy.ok() || !rights::carries(copy.value(), text)) continue;
        auto const before = label.value().level;
        TRY(mark(transaction, content, level, actor));
        if (message.value().direction != "out" || !message.value().entry) continue;
        NoticeRow row { 0, true, json::word(Type::level_change), message.value().peer,
            content.message, item.row.number, before, level, clock_() };
        row.place = TRY(insert_notice(transaction, row));
        out.push_back(std::move(row));
    }
    return out;
}

Result<treaty::Decision> Security::judge_change(
    casework::CaseRow const& row, std::string const& party) const
{
    return post_.judge(treaty::Measure::level_change, party, row,
        [](treaty::Facts& facts) { facts.tell(fact::copies_exist, true); });
}

/// Of an officer: to change a level is to know what it is on, and to know it still afterwards.
Result<treaty::Decision> Security::judge_change(
    Item const& item, std::uint8_t level_after, Officer const& officer) const
{
    auto out = TRY(judge_change(item.row, item.message.peer));
    casework::RequestDraft addressed;
    addressed.to = item.message.peer;
    addressed.purpose = item.row.purpose;
    auto const situation
        = TRY(casework::situation_of(rooms_.law, settings_.of, addressed, clock_()));
    auto const level = std::max<std::uint8_t>(item.content.level, level_after);
    casework::hold_to_clearance(rooms_.law, situation, level, officer.clearance, out);
    return out;
}

Result<Told> Security::change_level(LevelDraft const& draft, Officer const& officer)
{
    TRY(check(draft));
    Told out;
    auto const planned
        = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::vector<NoticeRow>> {
              auto const item = TRY(item_of(t, draft.item));
              if (item.message.direction != "out" || !item.message.entry)
                  return conflict("only the State that sent it changes its level (A32(4)-1)");
              if (item.content.level == draft.level_after)
                  return conflict(fmt::format("it is of level {} already", draft.level_after));
              out.decision = TRY(judge_change(item, draft.level_after, officer));
              if (out.decision->verdict != treaty::Verdict::permitted)
                  return std::vector<NoticeRow> {};
              return plan(t, item, draft.level_after, { officer.account, item.row.number });
          }));
    for (auto const& each : planned)
        if (auto id = TRY(send_one(each, draft.reason, officer.name)))
            out.messages.push_back(std::move(*id));
    return out;
}

Result<std::optional<std::string>> Security::send_one(
    NoticeRow const& notice, std::string const& reason, std::string_view actor)
{
    auto const row = TRY(rooms_.store.read(
        [&](Transaction& t) { return rights::case_numbered(t, notice.case_number); }));
    auto const decision = TRY(judge_change(row, notice.party));
    if (decision.verdict != treaty::Verdict::permitted) return std::optional<std::string> {};
    auto const today = TRY(rooms_.vault.today());
    auto const own = TRY(treaty::PartyCode::parse(settings_.of.party));
    auto const to = TRY(treaty::PartyCode::parse(notice.party));
    auto const after = static_cast<std::uint8_t>(notice.level_after);
    auto const marking = casework::stamp_of(rooms_.law, { own, to, after }, clock_());
    message::LevelChange const said { { { notice.item, {} } },
        static_cast<std::uint8_t>(notice.level_before), after, marking.classification.marking,
        today, reason };
    TRY(message::check_body(said));
    auto letter = TRY(post_.letter_on(notice.case_number, notice.party, notice.item,
        Type::level_change, json::write(said).as_object()));
    letter.provisions = casework::provisions_held(decision);
    letter.level = level_for(notice.party, after);
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::optional<std::string>> {
        auto fresh = TRY(find_notice(t, notice.place));
        if (!fresh || !fresh->message.empty()) return std::optional<std::string> {};
        fresh->message
            = TRY(post_.submit(t, letter, sealed, actor, { { "level", std::to_string(after) } }));
        TRY(update_notice(t, *fresh));
        return std::optional { fresh->message };
    });
}

Result<Told> Security::report_breach(BreachDraft const& draft, Officer const& officer)
{
    auto const item
        = TRY(rooms_.store.read([&](Transaction& t) { return item_of(t, draft.item); }));
    if (item.message.direction != "in")
        return conflict("this State sent it: a breach is reported to the sender (A32(6))");
    if (item.content.level == 0) return conflict("it is not classified (A32(6))");
    Told out;
    auto const& party = item.message.peer;
    out.decision = TRY(
        post_.judge(treaty::Measure::breach_report, party, item.row, [&](treaty::Facts& facts) {
            tell_text(facts, fact::breach_circumstances, draft.circumstances);
            tell_text(facts, fact::breach_consequences, draft.consequences);
            tell_text(facts, fact::breach_measures, joined(draft.measures_taken));
        }));
    if (out.decision->verdict != treaty::Verdict::permitted) return out;
    message::BreachReport const said { { { draft.item, {} } }, item.content.level, draft.happened,
        draft.circumstances, draft.consequences, draft.measures_taken };
    TRY(message::check_body(said));
    auto letter = TRY(post_.letter_on(
        item.row.number, party, draft.item, Type::breach_report, json::write(said).as_object()));
    letter.level = level_for(party, item.content.level);
    letter.provisions = casework::provisions_held(*out.decision);
    auto const sealed = TRY(post_.seal(letter));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto id = TRY(post_.submit(t, letter, sealed, officer.name, {}));
        NoticeRow row { 0, true, json::word(Type::breach_report), party, draft.item,
            item.row.number, item.content.level, item.content.level, clock_(), id };
        row.settled_by = officer.name;
        TRY(insert_notice(t, row));
        return id;
    })));
    return out;
}

Result<Told> Security::settle(
    std::int64_t place, SettlementDraft const& draft, Officer const& officer)
{
    auto const marked = TRY(copies_in(draft.copies_marked, "copiesMarked"));
    auto const missing = TRY(copies_in(draft.copies_missing, "copiesMissing"));
    if (draft.text && draft.text->size() > rights::text_bytes_max)
        return Error { Error::Kind::malformed, fmt::format("over {} bytes", rights::text_bytes_max),
            "text" };
    auto const settled = TRY(rooms_.store.write([&](Transaction& t) -> Result<NoticeRow> {
        auto row = TRY(find_notice(t, place));
        if (!row || row->sent) return no_such_notice();
        if (row->state != NoticeState::open)
            return Error { Error::Kind::conflict, "it is settled already", "place" };
        bool const change = row->kind == json::word(Type::level_change);
        row->state = change ? NoticeState::followed : NoticeState::noted;
        row->settled_at = clock_();
        row->settled_by = officer.name;
        row->copies_marked += marked;
        row->copies_missing += missing;
        if (!change) row->answer = row->message;
        TRY(casework::insert_event(t,
            { row->case_number, clock_(), clock_(), row->kind + "-settled", officer.name,
                row->message, { change ? "A32(4)-2" : "A32(6)" },
                { { "party", row->party }, { "result", json::word(row->state) } } }));
        rooms_.casework.tell(t, row->case_number);
        TRY(update_notice(t, *row));
        return std::move(*row);
    }));
    Told out;
    if (auto id = TRY(confirm_one(settled, draft.text, officer.name))) out.messages.push_back(*id);
    return out;
}

Result<json::Object> Security::read_notice(std::int64_t place, Officer const& officer)
{
    auto reader = officer;
    reader.sees_all = true; // A notice of Article 32 is his task, the case that it is in is not.
    return rooms_.store.write([&](Transaction& t) -> Result<json::Object> {
        auto const notice = TRY(find_notice(t, place));
        if (!notice || notice->message.empty()) return no_such_notice();
        auto const content = TRY(casework::find_content(t, notice->message));
        if (!content) return no_such_notice();
        auto const row = TRY(rights::case_numbered(t, content->number));
        auto const opened = TRY(casework::open_content(t, rooms_.vault, *content, row, reader, {}));
        if (!opened.judgement.permitted())
            return Error { Error::Kind::not_permitted, opened.judgement.objections.front().reason,
                "place" };
        auto said = TRY(json::parse(opened.body.text));
        return std::move(said.as_object());
    });
}

Result<std::size_t> Security::work()
{
    constexpr std::int64_t a_round = 1000;
    auto const owed
        = TRY(rooms_.store.read([&](Transaction& t) { return notices_owed(t, a_round); }));
    std::size_t sent = 0;
    std::optional<Error> first;
    for (auto const& each : owed) {
        auto const done = see_to(each);
        if (!done.ok() && !first) first = done.error(); // one that fails must not hold up the rest
        sent += static_cast<std::size_t>(done.ok() && done.value());
    }
    if (first) return *first;
    return sent;
}

/// What was left between planning and sending, and what a message of another State brought on.
Result<bool> Security::see_to(NoticeRow const& notice)
{
    auto const node = casework::node_of(settings_.of.party);
    constexpr auto passed_on = "The State whose information it is has changed its level.";
    if (notice.sent && notice.message.empty())
        return TRY(send_one(notice, passed_on, node)).has_value();
    if (notice.sent) return TRY(is_due_again(notice)) && TRY(send_again(notice));
    if (notice.state != NoticeState::followed) return false;
    return TRY(confirm_one(notice, {}, node)).has_value();
}

/// Nobody confirmed it in time, and it is not still on its way.
Result<bool> Security::is_due_again(NoticeRow const& notice)
{
    if (notice.state != NoticeState::open) return false;
    return rooms_.store.read([&](Transaction& t) -> Result<bool> {
        auto const chases = TRY(chases_of(t, notice.place));
        auto const last = chases.empty() ? Chase { notice.message, notice.at } : chases.back();
        if (clock_() - last.at < settings_.patience) return false;
        auto const state = TRY(exchange::message_by_id(t, last.message)).state;
        return state != "queued" && state != "sent";
    });
}

/// The same words in a message of its own; nothing where they are gone.
Result<bool> Security::send_again(NoticeRow const& notice)
{
    auto const said = TRY(rooms_.store.write([&](Transaction& t) -> Result<json::Object> {
        auto const content = TRY(casework::find_content(t, notice.message));
        auto const row = TRY(rights::case_numbered(t, notice.case_number));
        if (!content) return json::Object {};
        return TRY(rights::text_to_alter(t, rooms_.vault, row, *content)).as_object();
    }));
    if (said.empty()) return false;
    auto const type = json::from_word<Type>(notice.kind);
    MUST(type.has_value()); // this room wrote it
    auto letter = TRY(post_.letter_on(notice.case_number, notice.party, notice.item, *type, said));
    letter.level = level_for(notice.party, static_cast<std::uint8_t>(notice.level_after));
    letter.provisions = { *type == Type::breach_report ? "A32(6)" : "A32(4)-1" };
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<bool> {
        auto const fresh = TRY(find_notice(t, notice.place));
        auto const chases = TRY(chases_of(t, notice.place));
        bool const waits = fresh && fresh->state == NoticeState::open
            && (chases.empty() || clock_() - chases.back().at >= settings_.patience);
        if (!waits) return false; // another process was first
        auto const id = TRY(post_.submit(t, letter, sealed, casework::node_of(settings_.of.party),
            { { "chased", std::to_string(chases.size() + 1) },
                { "level", std::to_string(notice.level_after) } }));
        TRY(insert_chase(t, notice.place, { id, clock_() }));
        return true;
    });
}

} // namespace comity::security
