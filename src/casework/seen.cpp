#include "casework/casework.h"

#include <algorithm>

/// What a sender learns of his message once it is before human eyes (RFC 8098 asks the same of
/// mail): that its unit has it, and that an officer has read it.
namespace comity::casework {
namespace {

using message::ReceiptKind;
using store::Transaction;

Result<bool> told(Transaction& transaction, std::string const& id)
{
    if (TRY(exchange::gave_receipt(transaction, id, ReceiptKind::opened))) return true;
    return exchange::gave_receipt(transaction, id, ReceiptKind::delivered);
}

bool waits_here(InboxItem const& item)
{
    return item.open && item.direction == "in" && item.state == CaseState::received
        && !item.message_id.empty();
}

} // namespace

Result<void> Casework::tell_delivered(std::span<InboxItem const> shown)
{
    auto const fresh
        = TRY(store_.read([&](Transaction& transaction) -> Result<std::vector<std::string>> {
              std::vector<std::string> out;
              for (auto const& item : shown)
                  if (waits_here(item) && !TRY(told(transaction, item.message_id)))
                      out.push_back(item.message_id);
              return out;
          }));
    if (fresh.empty()) return {};
    return store_.write([&](Transaction& transaction) -> Result<void> {
        for (auto const& id : fresh)
            if (TRY(exchange::came_in(transaction, id)))
                TRY(exchange_.give_receipt(transaction, id, ReceiptKind::delivered));
        return {};
    });
}

Result<void> Casework::tell_opened(Transaction& transaction, std::span<Opened const> contents)
{
    for (auto const& each : contents) {
        auto const& id = each.body.message;
        if (!each.judgement.permitted() || each.body.text.empty()) continue;
        if (TRY(exchange::came_in(transaction, id)))
            TRY(exchange_.give_receipt(transaction, id, ReceiptKind::opened));
    }
    return {};
}

} // namespace comity::casework
