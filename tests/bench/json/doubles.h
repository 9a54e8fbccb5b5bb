// Lists of doubles against std::to_chars and std::from_chars.
#pragma once

namespace protorest::bench {

void RegisterDoubles();

}  // namespace protorest::bench
