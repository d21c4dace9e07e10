#include "casework/arrival.h"
#include "casework/exports.h"
#include "message/content.h"
#include "rights/need.h"
#include "security/security.h"

#include <fmt/format.h>

#include <algorithm>

/// Article 32(4)-2, (6) from the side that is told: the level is followed at once in what the node
/// holds and confirmed; what was printed waits for the security officer.
namespace comity::security {

using exchange::Delivered;
using message::Type;
using store::Transaction;

namespace {

/// Of the items that a message names, those that `belongs` says yes to, and the paths of the rest.
struct Named {
    std::vector<std::string> items {}, not_theirs {};
};

Named named_in(std::span<message::MessageReference const> messages,
    std::function<bool(std::string const&)> const& belongs)
{
    Named out;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto const& id = messages[i].id;
        if (std::ranges::find(out.items, id) != out.items.end()) continue;
        if (belongs(id))
            out.items.push_back(id);
        else
            out.not_theirs.push_back(fmt::format("messages[{}]", i));
    }
    return out;
}

/// Also of an item that is gone: the case outlives it. Empty where it never was in one.
Result<std::string> case_for(Transaction& transaction, std::string const& item)
{
    auto const found = TRY(rights::case_of_item(transaction, item));
    if (!found.empty()) return found;
    auto const message = TRY(exchange::message_by_id(transaction, item));
    for (auto const& number :
        { casework::incoming_number(message.peer, message.case_number), message.case_number })
        if (TRY(casework::find_case(transaction, number))) return number;
    return std::string {};
}

Error nothing_of(std::string_view what)
{
    return { Error::Kind::not_found, std::string { what }, "messages" };
}

} // namespace

/// Nothing here is touched at a peer's word but what came in from that peer.
Security::Taken Security::receive_change(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const read = json::read_text<message::LevelChange>(
        as_text(delivered.parts.at(0).content), json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    auto const named = named_in(said.messages,
        [&](std::string const& id) { return rights::came_from(transaction, id, from); });
    if (named.items.empty())
        return casework::rejected(
            nothing_of("nothing that it speaks of came from the State that sends it"));
    auto const number = TRY(case_for(transaction, named.items.front()));
    json::Object const facts { { "level", std::to_string(said.level_after) } };
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, facts))) return *rejected;
    for (auto const& item : named.items) {
        auto const in = TRY(case_for(transaction, item));
        TRY(heed(transaction, said,
            { 0, false, manifest.type, from, item, in, said.level_before, said.level_after,
                delivered.received_at, manifest.id }));
    }
    rooms_.casework.tell_task(transaction);
    return post_.taken(named.not_theirs);
}

Result<void> Security::heed(
    Transaction& transaction, message::LevelChange const& said, NoticeRow notice)
{
    auto const item = item_of(transaction, notice.item);
    bool const held = item.ok() && rooms_.vault.label(transaction, notice.item).ok();
    bool printed = false;
    if (held) {
        // Those to whom we passed it on are told by us.
        protection::Actor const node { "node", notice.message };
        TRY(plan(transaction, item.value(), said.level_after, node));
        printed = !TRY(casework::exports_of(transaction, notice.case_number)).empty();
        notice.copies_marked = 1;
    }
    // Said again while its officer is at it: his one answer settles both.
    for (auto const& row : TRY(notices_on(transaction, notice.item)))
        if (!row.sent && row.party == notice.party && row.level_after == notice.level_after
            && row.state == NoticeState::open)
            return {};
    // What was in no case here is confirmed by the receipt of the message alone.
    if (notice.case_number.empty()) notice.answer = notice.message;
    if (!printed) {
        notice.state = NoticeState::followed;
        notice.settled_at = clock_();
    }
    TRY(insert_notice(transaction, notice));
    return {};
}

/// One signed word for each message, once all that it speaks of is seen to.
Result<std::optional<std::string>> Security::confirm_one(
    NoticeRow const& notice, std::optional<std::string> const& text, std::string_view actor)
{
    if (notice.kind != json::word(Type::level_change)) return std::optional<std::string> {};
    auto const all = TRY(
        rooms_.store.read([&](Transaction& t) { return notices_by_message(t, notice.message); }));
    auto const today = TRY(rooms_.vault.today());
    message::LevelChangeConfirmation said { today, 0, 0, text };
    for (auto const& each : all) {
        bool const waits = each.state == NoticeState::followed && each.answer.empty();
        if (!waits) return std::optional<std::string> {};
        said.copies_marked += static_cast<std::uint32_t>(each.copies_marked);
        said.copies_missing += static_cast<std::uint32_t>(each.copies_missing);
    }
    TRY(message::check_body(said));
    auto const row = TRY(rooms_.store.read(
        [&](Transaction& t) { return rights::case_numbered(t, notice.case_number); }));
    auto const decision = TRY(judge_change(row, notice.party));
    if (decision.verdict != treaty::Verdict::permitted) return std::optional<std::string> {};
    auto letter = TRY(post_.letter_on(notice.case_number, notice.party, notice.item,
        Type::level_change_confirmation, json::write(said).as_object()));
    letter.answers = TRY(post_.reply_to(notice.message));
    letter.provisions = casework::provisions_held(decision);
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::optional<std::string>> {
        auto fresh = TRY(notices_by_message(t, notice.message));
        for (auto const& each : fresh)
            if (!each.answer.empty()) return std::optional<std::string> {}; // another was first
        auto const id = TRY(post_.submit(
            t, letter, sealed, actor, { { "copiesMarked", std::to_string(said.copies_marked) } }));
        for (auto& each : fresh) {
            each.answer = id;
            TRY(update_notice(t, each));
        }
        return std::optional { id };
    });
}

Security::Taken Security::receive_confirmation(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const read = json::read_text<message::LevelChangeConfirmation>(
        as_text(delivered.parts.at(0).content), json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const answered = manifest.in_reply_to ? manifest.in_reply_to->id : std::string {};
    auto rows = TRY(notices_by_message(transaction, answered));
    std::erase_if(rows, [&](NoticeRow const& row) {
        return !row.sent || row.party != manifest.from.state || row.state != NoticeState::open;
    });
    if (rows.empty())
        return casework::rejected({ Error::Kind::not_found,
            "no change of a level that was told to that State waits for it", "inReplyTo" });
    auto const& said = read.value();
    json::Object const facts { { "copiesMarked", std::to_string(said.copies_marked) },
        { "copiesMissing", std::to_string(said.copies_missing) } };
    if (auto rejected = TRY(post_.keep(transaction, delivered, rows.front().case_number, facts)))
        return *rejected;
    for (auto& row : rows) {
        row.state = NoticeState::followed;
        row.settled_at = delivered.received_at;
        row.answer = manifest.id;
        row.copies_marked = said.copies_marked;
        row.copies_missing = said.copies_missing;
        TRY(update_notice(transaction, row));
    }
    return post_.taken();
}

Security::Taken Security::receive_breach(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const read = json::read_text<message::BreachReport>(
        as_text(delivered.parts.at(0).content), json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    auto const named = named_in(said.messages,
        [&](std::string const& id) { return rights::went_to(transaction, id, from); });
    if (named.items.empty())
        return casework::rejected(
            nothing_of("nothing that it speaks of was sent to the State that sends it"));
    auto const number = TRY(case_for(transaction, named.items.front()));
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, {}))) return *rejected;
    for (auto const& item : named.items) {
        auto const in = TRY(case_for(transaction, item));
        TRY(insert_notice(transaction,
            { 0, false, manifest.type, from, item, in, said.level, said.level,
                delivered.received_at, manifest.id }));
    }
    return post_.taken(named.not_theirs);
}

} // namespace comity::security
