"""
The analysis as tables, the same in report and spreadsheet.

layers : blocks, their members, centres of gravity, agencies that cut blocks
frontier : every number of centres
tipping : prices of lying elsewhere
references : the plans of others
provenance : sources, certificates, versions, settings
"""
