#pragma once

#include "access/clearance.h"
#include "protection/label.h"
#include "treaty/facts.h"

/// Whether somebody may use an item, and for what (Art. 31(4)(a), (b), (i), 32(1), (5)).
namespace comity::protection {

/// What processing of personal data is, in the words of Art. 2(g).
enum class Operation : std::uint8_t {
    collect,
    record,
    organise,
    store,
    adapt,
    alter,
    retrieve,
    consult,
    use,
    disclose,
    disseminate,
    combine,
    block,
    erase,
    destroy
};
BOOST_DESCRIBE_ENUM(Operation, collect, record, organise, store, adapt, alter, retrieve, consult,
    use, disclose, disseminate, combine, block, erase, destroy)

/// Who wants to do what with an item. Officer and clearance come from whoever signed him in, never
/// from himself.
struct Use {
    std::string officer; ///< His account, for ever.
    std::uint8_t clearance = 0;
    bool needs_to_know = false; ///< He is assigned to the case that `need` names.
    std::string need; ///< Case number or task.
    std::string purpose;
    treaty::UseGround ground = treaty::UseGround::purpose_of_supply;
    std::string justification {}; ///< Of a threat or a serious crime: what it is.
    Operation operation = Operation::consult;
    bool as_evidence = false;
    std::optional<std::string> onward_to {}; ///< A State that is not the owner.
    std::vector<access::Compartment> compartments {}; ///< That the officer is named for.
};

/// The three ways out of a refused purpose, Art. 31(4)(a).
enum class Way : std::uint8_t { same_purpose, serious_threat, consent_of_sender };
BOOST_DESCRIBE_ENUM(Way, same_purpose, serious_threat, consent_of_sender)

struct Objection {
    std::string provision;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Objection, (), (provision, reason))

struct UseJudgement {
    std::vector<Objection> objections {}; ///< None: it is permitted.
    std::vector<std::string> provisions {}; ///< What it rests on.
    std::vector<std::string> consents {}; ///< Their numbers, where it rests on some.
    std::vector<Way> ways {}; ///< Of a purpose that is refused.

    bool permitted() const { return objections.empty(); }
};
BOOST_DESCRIBE_STRUCT(UseJudgement, (), (objections, provisions, consents, ways))

/// Art. 10(1), 16(7): what an officer has to be named for to see the item at all.
std::vector<access::Compartment> compartments_of(Label const& label);

/// A pure function; every objection is named, not the first alone.
UseJudgement judge_use(Label const& label, Use const& use, Date today);

} // namespace comity::protection
