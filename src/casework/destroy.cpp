#include "casework/arrival.h"
#include "casework/call.h"
#include "casework/casework.h"
#include "casework/related.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

/// Destruction on the day (Art. 31(4)(b)). The vault destroys the content and its key. The sealed
/// parts that the exchange holds of the same message go in the same commit, but where it still
/// needs them: numbers have no gaps, so what is under way stays until its receiver has it, sealed,
/// and is owed until then. The register says "destroyed" when the last copy is gone, never before.
namespace comity::casework {

using store::Transaction;

namespace {

constexpr std::size_t items_a_commit = 64, items_a_step = 2;
constexpr std::size_t owed_a_round = 64;

Result<std::optional<exchange::Stored>> stored_if(Transaction& transaction, std::string const& id)
{
    auto found = exchange::message_by_id(transaction, id);
    if (found.ok()) return std::optional { found.take() };
    if (found.error().kind == Error::Kind::not_found) return std::optional<exchange::Stored> {};
    return found.error();
}

/// Large attachments go in small writes of their own, which hold nobody up.
bool has_attachments(exchange::Stored const& message)
{
    auto const manifest
        = json::read_text<message::Manifest>(as_text(message.manifest), json::Unknown::keep);
    return manifest.ok() && manifest.value().attachments && !manifest.value().attachments->empty();
}

/// What left on paper or as a file is out of reach: its case says where it went.
Result<void> name_exports(
    Transaction& transaction, protection::Destroyed const& destroyed, Event event)
{
    std::vector<std::string> places;
    for (auto const& copy : destroyed.copies)
        if (copy.kind == protection::CopyKind::exported) places.push_back(copy.place);
    auto const content = TRY(find_content(transaction, destroyed.id));
    if (places.empty() || !content) return {};
    event.case_number = content->number;
    event.act = "prints-left";
    event.message = destroyed.id;
    event.provisions = { "A31(4)(b)-1", "A32(1)" };
    event.facts = { { "reason", fmt::format("{}", fmt::join(places, "; ")) } };
    return insert_event(transaction, event);
}

bool goes_later(exchange::Stored const& message)
{
    return message.state == "sent" || has_attachments(message);
}

} // namespace

/// The vault enters a destruction itself where no other copy outlives it.
Result<void> Casework::announce(Transaction& transaction, std::string const& message_id)
{
    if (is_call(message_id)) return {};
    auto const message = TRY(stored_if(transaction, message_id));
    if (!message || !message->entry || goes_later(*message)) return {};
    return vault_.set_entry(transaction, message_id, *message->entry);
}

Result<void> Casework::leave(Transaction& transaction, protection::Destroyed const& destroyed)
{
    auto const& id = destroyed.id;
    std::vector<std::string> const provisions { "A31(4)(b)-1", "A31(4)(e)-1" };
    auto const now = clock_();
    TRY(name_exports(transaction, destroyed, { {}, now, now, {}, node_of(settings_.party) }));
    if (is_call(id)) return erase(transaction, id, { provisions.front() });
    auto const message = TRY(stored_if(transaction, id));
    if (message && goes_later(*message)) {
        TRY(insert_owed(transaction, id));
        return erase(transaction, id, { provisions.front() });
    }
    if (message && !message->entry) {
        TRY(exchange_.withdraw(transaction, id)); // It never left.
        auto const content = TRY(find_content(transaction, id));
        auto const row = content ? TRY(find_case(transaction, content->number)) : std::nullopt;
        if (row && fails_with(*row, id, message->type))
            TRY(set_state(transaction, row->number, CaseState::failed));
        else if (row)
            TRY(undo_step(transaction, *row, id));
    }
    if (message) TRY(exchange::destroy_parts(transaction, id));
    if (message && message->direction == "in")
        TRY(exchange_.give_receipt(
            transaction, id, message::ReceiptKind::destroyed, destroyed.entry));
    if (message) TRY(destroyed_(transaction, id, destroyed.entry, destroyed.at));
    return erase(transaction, id, destroyed.entry ? provisions : std::vector<std::string> {});
}

/// What the case still says of it goes with it.
Result<void> Casework::erase(
    Transaction& transaction, std::string const& id, std::vector<std::string> const& provisions)
{
    auto const content = TRY(find_content(transaction, id));
    if (!content) return {};
    auto const alike = TRY(related_numbers(transaction, content->number, id));
    TRY(delete_content(transaction, id));
    for (auto const& number : alike) tell(transaction, number);
    auto const now = clock_();
    TRY(insert_event(transaction,
        { content->number, now, now, "erased", fmt::format("{} node", settings_.party), id,
            provisions, {} }));
    tell(transaction, content->number);
    return {};
}

Result<std::size_t> Casework::destroy_some(std::size_t count_max)
{
    auto const ids = TRY(store_.read([&](Transaction& t) { return vault_.due(t, count_max); }));
    if (ids.empty()) {
        TRY(vault_.destroy_period()); // and the keys of days on which nothing was left
        return std::size_t { 0 };
    }
    return store_.write([&](Transaction& transaction) -> Result<std::size_t> {
        for (auto const& id : TRY(vault_.due(transaction, count_max)))
            TRY(announce(transaction, id));
        auto const destroyed = TRY(vault_.destroy_due(transaction, count_max));
        for (auto const& each : destroyed) TRY(leave(transaction, each));
        return destroyed.size();
    });
}

Result<void> Casework::destroy(Transaction& transaction, std::string const& message_id)
{
    return destroy(transaction, message_id, message::DestructionGround::no_longer_needed,
        { "node", message_id });
}

Result<void> Casework::destroy(Transaction& transaction, std::string const& message_id,
    message::DestructionGround ground, protection::Actor const& actor)
{
    TRY(announce(transaction, message_id));
    auto const destroyed = TRY(vault_.destroy(transaction, message_id, ground, actor));
    for (auto const& each : destroyed) TRY(leave(transaction, each));
    return {};
}

/// The rest of what was destroyed earlier.
Result<void> Casework::clear(std::string const& message_id)
{
    auto const before = TRY(store_.read([&](Transaction& t) { return stored_if(t, message_id); }));
    if (before && before->state == "sent") return {};
    if (before) TRY(exchange_.attachments().clear(message_id));
    return store_.write([&](Transaction& transaction) -> Result<void> {
        if (!TRY(delete_owed(transaction, message_id))) return {}; // another process was first
        auto const message = TRY(stored_if(transaction, message_id));
        if (!message) return {};
        std::optional<std::uint64_t> place;
        if (message->entry) {
            auto const leaf = TRY(ledger::leaf(transaction, *message->entry));
            auto const fulfilled
                = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
            auto const entry = protection::destruction_of(fulfilled, *message->entry, clock_());
            place = TRY(ledger_.append(transaction, as_view(json::to_text(entry))));
        } else {
            TRY(exchange_.withdraw(transaction, message_id));
        }
        TRY(exchange::destroy_parts(transaction, message_id));
        TRY(destroyed_(transaction, message_id, place, clock_()));
        if (message->direction != "in") return {};
        return exchange_.give_receipt(
            transaction, message_id, message::ReceiptKind::destroyed, place);
    });
}

Result<void> Casework::clear_owed()
{
    std::optional<Error> first;
    std::string after;
    for (;;) {
        auto const some
            = TRY(store_.read([&](Transaction& t) { return owed(t, after, owed_a_round); }));
        for (auto const& id : some) {
            auto const done = clear(id);
            if (!done.ok() && !first) first = done.error();
        }
        if (some.size() < owed_a_round) break;
        after = some.back();
    }
    if (first) return *first;
    return {};
}

Result<protection::DestructionCertificate> Casework::end_party(
    std::string const& owner, Date last_day)
{
    auto out = TRY(vault_.end_party(owner, last_day,
        { [this](Transaction& t, std::string const& id) { return announce(t, id); },
            [this](
                Transaction& t, protection::Destroyed const& each) { return leave(t, each); } }));
    TRY(clear_owed());
    return out;
}

Result<std::size_t> Casework::destroy_due()
{
    std::size_t destroyed = 0;
    for (;;) {
        auto const count = TRY(destroy_some(items_a_commit));
        destroyed += count;
        if (count < items_a_commit) break;
    }
    TRY(clear_owed());
    return destroyed;
}

Result<bool> Casework::destroy_few()
{
    // What hung on an item goes with it, so that there may be more.
    if (TRY(destroy_some(items_a_step)) >= items_a_step) return true;
    TRY(clear_owed());
    return false;
}

} // namespace comity::casework
