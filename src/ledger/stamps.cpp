#include "ledger/stamps.h"

#include <algorithm>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

struct Queued {
    std::uint64_t size;
    Instant at;
    std::string note;
};

Instant instant_of(std::string const& text)
{
    auto const at = parse_instant(text);
    MUST(at.ok());
    return at.value();
}

Queued read_queued(Row const& row)
{
    return { static_cast<std::uint64_t>(row.integer(0)), instant_of(row.text(1)), row.text(2) };
}

/// The last head that was queued, stamped since or not.
Result<std::optional<Queued>> last_queued(Transaction& transaction)
{
    return transaction.one(
        "SELECT size, queued_at, note FROM ledger_stamped ORDER BY size DESC LIMIT 1", read_queued);
}

Result<std::vector<Queued>> heads_of(Transaction& transaction, std::uint64_t stamp)
{
    return transaction.all(
        "SELECT size, queued_at, note FROM ledger_stamped WHERE stamp = $1 ORDER BY size",
        read_queued, stamp);
}

StampBatch to_batch(std::span<Queued const> heads)
{
    StampBatch out;
    for (auto const& head : heads) {
        out.sizes.push_back(head.size);
        out.text += head.note;
    }
    return out;
}

} // namespace

Result<void> queue_head(Transaction& transaction, StampRules const& rules, Instant now)
{
    auto const last = TRY(last_queued(transaction));
    auto const entries = TRY(size(transaction));
    bool const early = last && last->at <= now && now < last->at + rules.every;
    if (early || entries == 0 || (last && entries <= last->size)) return {};
    if (TRY(waiting(transaction)).heads >= queued_heads_max)
        TRY(transaction.run("DELETE FROM ledger_stamped WHERE size = $1", last->size));
    TRY(transaction.run("INSERT INTO ledger_stamped (size, note, queued_at, stamp, late) "
                        "VALUES ($1, $2, $3, NULL, 0)",
        entries, TRY(newest_checkpoint(transaction)), to_text(now)));
    return {};
}

Result<std::optional<StampBatch>> waiting_batch(Transaction& transaction)
{
    auto const heads = TRY(transaction.all("SELECT size, queued_at, note FROM ledger_stamped "
                                           "WHERE stamp IS NULL ORDER BY size LIMIT $1",
        read_queued, batch_heads_max));
    if (heads.empty()) return std::optional<StampBatch> {};
    return std::optional { to_batch(heads) };
}

Result<void> keep_stamp(Transaction& transaction, StampRules const& rules, StampBatch const& batch,
    ByteView response, Instant stamped_at)
{
    auto const id = TRY(transaction.one(
        "INSERT INTO ledger_stamp (id, at, response) VALUES "
        "((SELECT coalesce(max(id) + 1, 0) FROM ledger_stamp), $1, $2) RETURNING id",
        [](Row const& row) { return row.integer(0); }, to_text(stamped_at), response));
    // Instants sort as text: UTC, always six decimals.
    for (auto const size : batch.sizes)
        TRY(transaction.run("UPDATE ledger_stamped SET stamp = $1, "
                            "late = CASE WHEN queued_at < $2 THEN 1 ELSE 0 END WHERE size = $3",
            id.value(), to_text(stamped_at - rules.late_after), size));
    return {};
}

Result<std::vector<Stamp>> stamps(Transaction& transaction, std::size_t limit)
{
    auto out = TRY(transaction.all(
        "SELECT id, at, response, (SELECT CAST(coalesce(sum(late), 0) AS BIGINT) FROM "
        "ledger_stamped "
        "WHERE stamp = id) FROM ledger_stamp ORDER BY id DESC LIMIT $1",
        [](Row const& row) {
            return Stamp { static_cast<std::uint64_t>(row.integer(0)), instant_of(row.text(1)), {},
                row.blob(2), static_cast<std::size_t>(row.integer(3)) };
        },
        limit));
    for (auto& stamp : out) stamp.batch = to_batch(TRY(heads_of(transaction, stamp.id)));
    return out;
}

Result<Waiting> waiting(Transaction& transaction)
{
    Waiting out;
    TRY(transaction.each("SELECT count(*), min(queued_at) FROM ledger_stamped WHERE stamp IS NULL",
        [&](Row const& row) -> Result<void> {
            out.heads = static_cast<std::uint64_t>(row.integer(0));
            if (auto const since = row.text_if(1)) out.since = instant_of(*since);
            return {};
        }));
    return out;
}

Stamper::Stamper(
    store::Store& store, StampRules rules, AskAuthority ask, Clock clock, Random random)
    : store_(store)
    , rules_(std::move(rules))
    , ask_(std::move(ask))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
}

Result<std::size_t> Stamper::turn()
{
    auto const now = clock_();
    auto const batch
        = TRY(store_.write([&](Transaction& transaction) -> Result<std::optional<StampBatch>> {
              TRY(queue_head(transaction, rules_, now));
              return waiting_batch(transaction);
          }));
    if (!batch) return std::size_t { 0 };
    std::array<std::uint8_t, 8> bytes {};
    random_(bytes);
    std::uint64_t nonce = 0;
    for (auto const byte : bytes) nonce = nonce << 8U | byte;
    auto const response = TRY(ask_(crypto::timestamp_request(batch->imprint(), nonce)));
    auto const stamp
        = TRY(crypto::check_timestamp(response, batch->imprint(), nonce, rules_.authorities));
    TRY(store_.write([&](Transaction& transaction) {
        return keep_stamp(transaction, rules_, *batch, response, stamp.at);
    }));
    return batch->sizes.size();
}

} // namespace comity::ledger
