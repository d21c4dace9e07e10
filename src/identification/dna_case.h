#pragma once

#include "message/identification.h"
#include "store/store.h"

/// A comparison as a desk shows it: what was asked, every result, what experts said of its hits.
namespace comity::identification {

struct ResultView {
    std::string message_id;
    Instant at;
    message::DnaResult result;
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (message_id, at, result))

struct ConfirmationView {
    std::string message_id;
    Instant at;
    message::DnaConfirmation confirmation;
};
BOOST_DESCRIBE_STRUCT(ConfirmationView, (), (message_id, at, confirmation))

struct DnaCase {
    std::string number;
    std::string requesting, requested;
    std::optional<message::DnaRequest> request; ///< None where it is destroyed.
    std::vector<ResultView> results; ///< As they came.
    std::vector<ConfirmationView> confirmations;
};
BOOST_DESCRIBE_STRUCT(DnaCase, (), (number, requesting, requested, request, results, confirmations))

/// Error: not_found for a case that is no comparison.
Result<DnaCase> dna_case(store::Transaction& transaction, std::string_view number);

} // namespace comity::identification
