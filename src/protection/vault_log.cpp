#include "protection/vault_kept.h"

/// What the vault writes into the log of operations (Art. 2(g), 31(4)(e), 32(1)).
namespace comity::protection {

using store::Transaction;

namespace {

std::optional<std::string> unless_empty(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional { text };
}

} // namespace

Result<void> Vault::note(Transaction& t, Operation operation, Kept const& item, Actor const& actor,
    std::vector<std::string> provisions) const
{
    OperationEntry entry;
    entry.operation = operation;
    entry.at = clock_();
    entry.item = item.row.id;
    entry.officer = actor.officer;
    entry.need = actor.need;
    entry.provisions = std::move(provisions);
    entry.owner = unless_empty(item.row.owner);
    return log_.append(t, entry);
}

Result<OperationEntry> Vault::note_use(
    Transaction& t, Kept const* item, Use const& use, UseJudgement const& judgement) const
{
    OperationEntry entry;
    entry.operation = use.operation;
    entry.at = clock_();
    if (item) entry.item = item->row.id;
    if (item) entry.owner = unless_empty(item->row.owner);
    entry.officer = use.officer;
    entry.need = use.need;
    entry.purpose = use.purpose;
    entry.permitted = judgement.permitted();
    entry.provisions = judgement.provisions;
    entry.consents = judgement.consents;
    if (!entry.permitted) entry.provisions.clear();
    for (auto const& objection : judgement.objections)
        entry.provisions.push_back(objection.provision);
    if (!use.justification.empty()) entry.remark = use.justification;
    TRY(log_.append(t, entry));
    return entry;
}

Result<void> Vault::note_reading(
    Transaction& t, Actor const& actor, std::string_view purpose, std::string_view what) const
{
    OperationEntry entry;
    entry.operation = Operation::consult;
    entry.at = clock_();
    entry.officer = actor.officer;
    entry.need = actor.need;
    entry.purpose = purpose;
    entry.provisions = { "A31(4)(e)-4" };
    entry.remark = std::string { what };
    return log_.append(t, entry);
}

Result<std::uint64_t> Vault::verify_log(Transaction& t) const
{
    return verify_operations(t, log_.key());
}

} // namespace comity::protection
