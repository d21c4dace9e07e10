#include "exchange/exchange.h"

/// Trust and keys as they stand: both may change while messages flow.
namespace comity::exchange {

Result<Bytes> Self::open(ByteView sealed) const
{
    auto opened = crypto::open(sealed, sealing);
    for (auto const& each : further_sealings) {
        if (opened.ok()) break;
        if (auto other = crypto::open(sealed, each); other.ok()) opened = std::move(other);
    }
    return opened;
}

Trust Exchange::trust() const
{
    std::scoped_lock const hold { standing_ };
    return trust_;
}

Self Exchange::self() const
{
    std::scoped_lock const hold { standing_ };
    return self_;
}

void Exchange::use(Trust trust, Self self)
{
    std::scoped_lock const hold { standing_ };
    MUST(self.state == self_.state && self.unit == self_.unit);
    trust_ = std::move(trust);
    // State and unit never change, so they are read without the lock.
    self_.seal = std::move(self.seal);
    self_.sealing = std::move(self.sealing);
    self_.further_sealings = std::move(self.further_sealings);
}

Result<SealedTo> sealed_to(store::Transaction& transaction, crypto::Certificate const& certificate)
{
    SealedTo out;
    TRY(transaction.each("SELECT part.sealed, message.state FROM exchange_part AS part "
                         "JOIN exchange_message AS message ON message.id = part.message",
        [&](store::Row const& row) -> Result<void> {
            auto const found = crypto::sealed_to(row.blob(0), certificate);
            if (!found.ok() || !found.value()) return {};
            auto const state = row.text(1);
            ++(state == "queued" || state == "sent" ? out.under_way : out.kept);
            return {};
        }));
    return out;
}

} // namespace comity::exchange
