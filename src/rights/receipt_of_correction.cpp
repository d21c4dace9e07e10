#include "rights/need.h"

#include "casework/arrival.h"
#include "casework/views.h"
#include "message/content.h"
#include "treaty/fact/exchange.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

#include <algorithm>

/// Art. 31(4)(c) from the side of whoever received the data: what its sender says is wrong is
/// corrected or destroyed at once and confirmed; doubts and unlawful use are told the other way.
namespace comity::rights {

using exchange::Delivered;
using message::CorrectionGround;
using message::DestructionGround;
using message::Type;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

} // namespace

bool came_from(Transaction& transaction, std::string const& item, std::string const& party)
{
    auto const message = exchange::message_by_id(transaction, item);
    return message.ok() && message.value().direction == "in" && message.value().peer == party;
}

Result<std::string> case_of_item(Transaction& transaction, std::string const& item)
{
    if (auto const content = TRY(casework::find_content(transaction, item))) return content->number;
    auto const message = exchange::message_by_id(transaction, item);
    if (!message.ok()) return std::string {};
    // Its sender names the number; the timeline says whether it was taken into that case.
    auto number = TRY(casework::own_number(message.value()));
    for (auto const& event : TRY(casework::events_of(transaction, number)))
        if (event.message == item) return number;
    return std::string {};
}

bool went_to(Transaction& transaction, std::string const& item, std::string const& party)
{
    auto const message = exchange::message_by_id(transaction, item);
    return message.ok() && message.value().direction == "out" && message.value().peer == party
        && message.value().entry;
}

/// Nothing here is touched at a peer's word but what came in from that peer.
Rights::Taken Rights::receive_correction(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::Correction>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    std::vector<std::string> not_theirs;
    std::string number;
    for (std::size_t i = 0; i < said.messages.size(); ++i) {
        auto const& item = said.messages[i].id;
        if (!came_from(transaction, item, from))
            not_theirs.push_back(fmt::format("messages[{}]", i));
        else if (number.empty())
            number = TRY(case_of_item(transaction, item));
    }
    if (not_theirs.size() == said.messages.size())
        return casework::rejected({ Error::Kind::not_found,
            "nothing that it speaks of came from the State that sends it", "messages" });
    auto const ground = json::word(said.ground);
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, { { "ground", ground } })))
        return *rejected;
    for (auto const& [item, sha] : said.messages) {
        if (!came_from(transaction, item, from)) continue;
        auto const in = TRY(case_of_item(transaction, item));
        TRY(heed(transaction, said,
            { 0, false, manifest.type, from, item, in, ground, delivered.received_at,
                manifest.id }));
    }
    rooms_.casework.tell_task(transaction);
    return post_.taken(std::move(not_theirs));
}

Result<void> Rights::heed(
    Transaction& transaction, message::Correction const& said, NoticeRow notice)
{
    if (auto const gone = TRY(find_gone(transaction, notice.item))) {
        notice.state = NoticeState::destroyed;
        notice.entry = gone->entry;
        notice.settled_at = gone->at;
        TRY(insert_notice(transaction, notice));
        return {};
    }
    notice.place = TRY(insert_notice(transaction, notice));
    TRY(answer_doubts(transaction, notice.item));
    protection::Actor const node { "node", notice.message };
    auto const item = item_in(transaction, notice.case_number, notice.item);
    if (!item.ok()) return {}; // Owed or unfiled: an officer sees to it.
    auto const label = rooms_.vault.label(transaction, notice.item);
    if (!label.ok() || label.value().hold) return {}; // A court needs it: an officer decides.
    bool const unlawful = said.ground == CorrectionGround::unlawfully_sent;
    casework::Corrected const correction { clock_(), notice.party, notice.message, {}, {} };
    // Those to whom we passed it on are told by us.
    auto const found = copies_of(transaction, item.value(), said.ground, said.members);
    auto const copies = found.ok() ? found.value() : std::vector<Copy> {};
    if (unlawful) {
        TRY(plan(transaction, item.value(), copies, said.ground, correction, node));
        return rooms_.casework.destroy(
            transaction, notice.item, DestructionGround::unlawfully_sent, node);
    }
    auto const done = casework::correct_content(
        transaction, rooms_.vault, item.value().content, said.members, correction, node);
    // The message is taken either way: what is wrong with it is for an officer.
    bool const for_officer = !done.ok()
        && (casework::is_fault_of_message(done.error())
            || done.error().kind == Error::Kind::conflict
            || done.error().kind == Error::Kind::not_found);
    if (!done.ok() && !for_officer) return done.error();
    if (!done.ok() || said.members.empty()) return {}; // It waits for an officer.
    bool const of_files = std::ranges::any_of(
        said.members, [](auto const& member) { return !member.correct_value; });
    // What is wrong with a file only he can see: he destroys the message with it, or says why not.
    if (of_files) return plan(transaction, item.value(), copies, said.ground, correction, node);
    notice.state = NoticeState::corrected;
    notice.settled_at = clock_();
    TRY(update_notice(transaction, notice));
    return plan(transaction, item.value(), copies, said.ground, correction, node);
}

/// A destruction on whatever ground settles what was asked about the item.
Result<void> Rights::hear(Transaction& transaction, std::string const& item,
    std::optional<std::uint64_t> entry, Instant at)
{
    TRY(insert_gone(transaction, item, { entry, at }));
    for (auto row : TRY(notices_on(transaction, item))) {
        if (row.sent || row.state != NoticeState::open) continue;
        bool const asked = row.kind == json::word(Type::correction);
        row.state = asked ? NoticeState::destroyed : NoticeState::answered;
        if (!asked) row.answer = item;
        row.entry = entry;
        row.settled_at = at;
        TRY(update_notice(transaction, row));
        rooms_.casework.tell_task(transaction);
    }
    return {};
}

/// The signed word on what we did.
Result<bool> Rights::confirm_one(NoticeRow const& notice)
{
    message::MessageReference const item { notice.item, {} };
    message::DestructionConfirmation said;
    said.notice = message::MessageReference { notice.message, {} };
    if (notice.state == NoticeState::destroyed)
        said.destroyed.push_back({ item, *notice.settled_at, notice.entry.value_or(0), 0 });
    else
        said.kept.push_back(item);
    if (notice.state == NoticeState::corrected)
        said.corrected = std::vector { message::CorrectedItem { item, *notice.settled_at } };
    if (!notice.reason.empty()) said.reason = notice.reason;
    auto const row = TRY(
        rooms_.store.read([&](Transaction& t) { return case_numbered(t, notice.case_number); }));
    auto const decision = TRY(judge_correction(row, notice.party, treaty::DataRole::recipient,
        *json::from_word<CorrectionGround>(notice.ground)));
    if (decision.verdict != treaty::Verdict::permitted) return false;
    Letter letter { Type::destruction_confirmation, notice.party, row.number, {},
        json::write(said).as_object() };
    if (!row.peer_number.empty()) letter.peer_number = row.peer_number;
    letter.purpose = row.purpose;
    letter.provisions = casework::provisions_held(decision);
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<bool> {
        auto fresh = TRY(find_notice(t, notice.place));
        if (!fresh || !fresh->answer.empty()) return false; // another process was first
        fresh->answer = TRY(post_.submit(t, letter, sealed, casework::node_of(settings_.of.party),
            { { "result", json::word(notice.state) } }));
        TRY(update_notice(t, *fresh));
        return true;
    });
}

Result<Told> Rights::settle(std::string_view number, std::int64_t place,
    SettlementDraft const& draft, Officer const& officer)
{
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto const reason = draft.reason.value_or("");
    auto const before
        = TRY(rooms_.store.read([&](Transaction& t) { return find_notice(t, place); }));
    bool const doubted = before && before->kind == json::word(Type::doubt_notice);
    if (draft.act == Settling::keep || doubted) TRY(check_text("reason", reason));
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto row = TRY(find_notice(t, place));
        if (!row || row->case_number != number || row->sent)
            return Error { Error::Kind::not_found, "there is no such notice in this case",
                "place" };
        if (row->state != NoticeState::open)
            return Error { Error::Kind::conflict, "it is settled already", "place" };
        bool const correction = row->kind == json::word(Type::correction);
        if (correction == (draft.act == Settling::take_note))
            return malformed(
                "act", "a correction is followed; a doubt or a report is taken note of");
        if (draft.act == Settling::destroy)
            return rooms_.casework.destroy(t, row->item, DestructionGround::wrong,
                { officer.account, std::string { number } });
        row->state = correction ? NoticeState::kept : NoticeState::answered;
        row->settled_at = clock_();
        row->reason = reason;
        if (row->kind == json::word(Type::unlawful_use_report)) row->answer = row->message;
        TRY(casework::insert_event(t,
            { row->case_number, clock_(), clock_(), row->kind + "-settled", officer.name,
                row->message, { correction ? "A31(4)(c)-2" : "A31(4)(c)-5" },
                { { "party", row->party }, { "result", json::word(row->state) } } }));
        rooms_.casework.tell(t, row->case_number);
        return update_notice(t, *row);
    }));
    auto const row = TRY(rooms_.store.read([&](Transaction& t) { return find_notice(t, place); }));
    if (doubted) out.messages.push_back(TRY(answer_doubt(*row, officer)));
    if (row && row->kind == json::word(Type::correction) && row->state != NoticeState::open
        && row->answer.empty() && TRY(confirm_one(*row))) {
        auto const told
            = TRY(rooms_.store.read([&](Transaction& t) { return find_notice(t, place); }));
        out.messages.push_back(told->answer);
    }
    return out;
}

/// Why the data are right as they are; the State that doubted them learns it.
Result<std::string> Rights::answer_doubt(NoticeRow const& notice, Officer const& officer)
{
    message::Comment const said { message::CommentPosition::objection, notice.reason,
        { "A31(4)(c)-5" } };
    TRY(message::check_body(said));
    auto letter = TRY(post_.letter_on(notice.case_number, notice.party, notice.item, Type::comment,
        json::write(said).as_object()));
    letter.provisions = { "A31(4)(c)-5" };
    letter.answers = TRY(post_.reply_to(notice.message));
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto fresh = notice;
        fresh.answer = TRY(post_.submit(t, letter, sealed, officer.name, {}));
        TRY(update_notice(t, fresh));
        return fresh.answer;
    });
}

Rights::Taken Rights::receive_comment(Transaction& transaction, Delivered const& delivered)
{
    if (auto heard = TRY(hears_comment_(transaction, delivered))) return *heard;
    auto const& manifest = delivered.manifest;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::Comment>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const answered = manifest.in_reply_to ? manifest.in_reply_to->id : std::string {};
    auto row = TRY(notice_by_message(transaction, answered));
    if (!row || !row->sent || row->party != manifest.from.state)
        return casework::rejected({ Error::Kind::not_found,
            "nothing that was told to that State waits for its comment", "inReplyTo" });
    if (auto rejected = TRY(post_.keep(transaction, delivered, row->case_number, {})))
        return *rejected;
    row->state = NoticeState::answered;
    row->settled_at = delivered.received_at;
    row->answer = manifest.id;
    row->reason = read.value().text.substr(0, text_bytes_max);
    TRY(update_notice(transaction, *row));
    return post_.taken();
}

Result<Told> Rights::tell_sender(std::string_view number, NoticeRow notice, json::Object content,
    std::function<void(treaty::Facts&)> const& facts, Officer const& officer)
{
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto const item
        = TRY(rooms_.store.read([&](Transaction& t) { return item_in(t, number, notice.item); }));
    if (item.message.direction != "in")
        return Error { Error::Kind::conflict,
            "this State sent it: it corrects it and tells who received it (A31(4)(c)-1)", "item" };
    auto const label = TRY(
        rooms_.store.read([&](Transaction& t) { return rooms_.vault.label(t, notice.item); }));
    auto const& party = item.message.peer;
    out.decision = TRY(post_.judge(treaty::Measure::correction, party, item.row, facts));
    if (out.decision->verdict != treaty::Verdict::permitted) return out;
    Letter letter { *json::from_word<Type>(notice.kind), party, item.row.number, {},
        std::move(content) };
    if (!item.row.peer_number.empty()) letter.peer_number = item.row.peer_number;
    letter.purpose = item.row.purpose;
    letter.erase_by = protection::erase_by(label.deadlines);
    letter.level = label.level;
    letter.provisions = casework::provisions_held(*out.decision);
    auto const sealed = TRY(post_.seal(letter));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto id = TRY(post_.submit(t, letter, sealed, officer.name, {}));
        notice.sent = true;
        notice.party = party;
        notice.case_number = item.row.number;
        notice.at = clock_();
        notice.message = id;
        if (notice.kind == json::word(Type::unlawful_use_report)) {
            notice.state = NoticeState::answered; // Its signed receipt is all there is.
            notice.settled_at = notice.at;
            notice.answer = id;
        }
        TRY(insert_notice(t, notice));
        return id;
    })));
    return out;
}

Result<Told> Rights::doubt(std::string_view number, DoubtDraft const& draft, Officer const& officer)
{
    TRY(check_text("reason", draft.reason));
    message::DoubtNotice const said { { { draft.item, {} } }, draft.members, draft.reason };
    TRY(message::check_body(said));
    NoticeRow notice {};
    notice.kind = json::word(Type::doubt_notice);
    notice.item = draft.item;
    return tell_sender(
        number, notice, json::write(said).as_object(),
        [](treaty::Facts& facts) {
            facts.tell(fact::data_role, treaty::DataRole::recipient);
            facts.tell(fact::data_fault, treaty::DataFault::suspected);
            facts.tell(fact::unlawful_use, false);
            facts.tell(fact::accuracy_circumstance, true);
            facts.tell(fact::personal_data, true);
        },
        officer);
}

/// Its sender hears of it while there is still something to speak of.
Result<Told> Rights::destroy_received(
    std::string_view number, DoubtDraft const& draft, Officer const& officer)
{
    auto out = TRY(doubt(number, draft, officer));
    if (out.messages.empty()) return out;
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        auto const item = TRY(item_in(t, number, draft.item));
        auto const ground = CorrectionGround::unlawfully_sent;
        protection::Actor const actor { officer.account, std::string { number } };
        auto const copies = TRY(copies_of(t, item, ground, {}));
        TRY(plan(t, item, copies, ground, { clock_(), item.message.peer, {}, {}, {} }, actor));
        return rooms_.casework.destroy(t, draft.item, DestructionGround::unlawfully_sent, actor);
    }));
    for (auto& id : TRY(send_planned(number, {}, officer.name))) out.messages.push_back(id);
    return out;
}

Result<Told> Rights::report_unlawful_use(
    std::string_view number, UnlawfulUseDraft const& draft, Officer const& officer)
{
    TRY(check_text("circumstances", draft.circumstances));
    message::UnlawfulUseReport const said { { { draft.item, {} } }, draft.happened,
        draft.circumstances, draft.measures_taken, draft.persons_affected };
    TRY(message::check_body(said));
    NoticeRow notice {};
    notice.kind = json::word(Type::unlawful_use_report);
    notice.item = draft.item;
    return tell_sender(
        number, notice, json::write(said).as_object(),
        [](treaty::Facts& facts) {
            facts.tell(fact::data_role, treaty::DataRole::recipient);
            facts.tell(fact::data_fault, treaty::DataFault::none);
            facts.tell(fact::unlawful_use, true);
            facts.tell(fact::accuracy_circumstance, false);
            facts.tell(fact::personal_data, true);
        },
        officer);
}

/// A doubt, or a report of unlawful use, about what we sent to that State.
Rights::Taken Rights::receive_word(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const said = json::parse(as_text(delivered.parts.at(0).content));
    if (!said.ok()) return casework::rejected(said.error());
    auto const* list = said.value().as_object().if_contains("messages");
    if (!list) return casework::rejected(malformed("messages", "must be given"));
    auto const messages
        = json::read<std::vector<message::MessageReference>>(*list, json::Unknown::keep);
    if (!messages.ok()) return casework::rejected(messages.error());
    std::vector<std::string> not_ours, items;
    for (std::size_t i = 0; i < messages.value().size(); ++i) {
        auto const& item = messages.value()[i].id;
        if (went_to(transaction, item, from))
            items.push_back(item);
        else
            not_ours.push_back(fmt::format("messages[{}]", i));
    }
    if (items.empty())
        return casework::rejected({ Error::Kind::not_found,
            "nothing that it speaks of was sent to the State that sends it", "messages" });
    auto const number = TRY(case_of_item(transaction, items.front()));
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, {}))) return *rejected;
    for (auto const& item : items)
        TRY(insert_notice(transaction,
            { 0, false, manifest.type, from, item, number, {}, delivered.received_at,
                manifest.id }));
    return post_.taken(std::move(not_ours));
}

} // namespace comity::rights
